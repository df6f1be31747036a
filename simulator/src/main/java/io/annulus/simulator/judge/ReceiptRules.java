package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.List;

/** What a receipt may not say, whatever else happened: how it contradicts itself, or what was asked. */
final class ReceiptRules {

    private ReceiptRules() {}

    /** Each contradiction as a clause; none when the receipt is sound. */
    static List<String> broken(Operation operation, Receipt receipt) {
        List<String> broken = new ArrayList<>();
        long nodes =
                receipt.replicas().stream().map(ReplicaAnswer::node).distinct().count();
        if (nodes < receipt.replicas().size()) {
            broken.add("names a node twice");
        }
        long acknowledged = receipt.replicas().stream()
                .filter(answer -> answer.outcome() == Outcome.ACKNOWLEDGED)
                .count();
        if (receipt.received() != acknowledged) {
            broken.add("counts " + receipt.received() + " answers, and " + acknowledged + " replicas acknowledged");
        }
        if (receipt.copies() > operation.invocation().level().copies()) {
            broken.add("counts " + receipt.copies() + " copies in a keyspace of "
                    + operation.invocation().level().copies());
        }
        if (!operation.isOk()) {
            return broken;
        }
        if (acknowledged < receipt.required()) {
            broken.add("needs " + receipt.required() + " answers, and " + acknowledged + " came");
        }
        if (receipt.required() < asked(operation, receipt)) {
            broken.add(
                    "needs " + receipt.required() + " answers, and " + asked(operation, receipt) + " were asked for");
        }
        if (receipt.guarantee() == Guarantee.SLOPPY && receipt.standIns() == 0) {
            broken.add("claims SLOPPY, and no stand-in acknowledged");
        }
        if (receipt.guarantee().compareTo(Guarantee.OVERLAP) >= 0) {
            claims(operation, receipt, broken);
        }
        return broken;
    }

    private static void claims(Operation operation, Receipt receipt, List<String> broken) {
        int owners = Claims.owners(receipt);
        if (owners < Math.max(1, receipt.required())) {
            broken.add("claims " + receipt.guarantee() + " with " + owners + " owners that acknowledged, where "
                    + receipt.required() + " are required");
        }
        if (owners > receipt.copies()) {
            broken.add("counts " + owners + " owners of " + receipt.copies() + " copies");
        }
        if (receipt.guarantee() == Guarantee.ATOMIC && operation.function().isWrite()) {
            broken.add("claims ATOMIC for a write");
        }
    }

    private static int asked(Operation operation, Receipt receipt) {
        return Math.min(operation.invocation().level().replicas(), receipt.copies());
    }
}
