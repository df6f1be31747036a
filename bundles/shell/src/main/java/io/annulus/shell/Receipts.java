package io.annulus.shell;

import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Receipts as text and as JSON. */
public final class Receipts {

    private Receipts() {}

    /** One line: how many answered, what that adds up to, and who. */
    public static String line(Receipt receipt) {
        String replicas = receipt.replicas().isEmpty() ? "" : ": " + replicas(receipt);
        return receipt.received() + " of " + receipt.required() + " needed, N " + receipt.copies() + ", guarantee "
                + receipt.guarantee() + ", ring epoch " + receipt.ringEpoch() + replicas;
    }

    /** Each replica with its part. */
    public static String replicas(Receipt receipt) {
        return receipt.replicas().stream()
                .map(answer -> answer.node()
                        + (answer.role() == ReplicaAnswer.Role.STAND_IN ? " stand-in " : " ")
                        + answer.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    /** The fields of JSON output. */
    public static Map<String, Object> fields(Receipt receipt) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("guarantee", receipt.guarantee().name());
        fields.put("ringEpoch", receipt.ringEpoch());
        fields.put("copies", receipt.copies());
        fields.put("required", receipt.required());
        fields.put("received", receipt.received());
        List<Object> replicas = new ArrayList<>();
        for (ReplicaAnswer answer : receipt.replicas()) {
            Map<String, Object> replica = new LinkedHashMap<>();
            replica.put("node", answer.node());
            replica.put("role", answer.role().name());
            replica.put("outcome", answer.outcome().name());
            replica.put("durability", answer.durability());
            replicas.add(replica);
        }
        fields.put("replicas", replicas);
        return fields;
    }
}
