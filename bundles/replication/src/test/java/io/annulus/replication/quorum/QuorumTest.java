package io.annulus.replication.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaAnswer.Role;
import io.annulus.api.storage.Durability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The counters beside a naive model, over random sequences of answers, doubled and late ones among them. */
final class QuorumTest {

    private static final int RUNS = 20_000;

    private final long seed = Long.getLong("annulus.seed", 1);
    private final Random random = new Random(seed);

    /** What the model knows: the first final answer of each replica. */
    private final Map<Integer, Outcome> settled = new TreeMap<>();

    private final Map<Integer, Boolean> asked = new TreeMap<>();

    @Test
    void writesCountAsTheModelDoes() {
        System.out.println("QuorumTest annulus.seed=" + seed);
        for (int run = 0; run < RUNS; run++) {
            int copies = 1 + random.nextInt(5);
            int standIns = random.nextInt(copies + 1);
            int required = 1 + random.nextInt(copies);
            int reads = 1 + random.nextInt(copies);
            List<Role> roles = new ArrayList<>(Collections.nCopies(copies, Role.OWNER));
            roles.addAll(Collections.nCopies(standIns, Role.STAND_IN));
            WriteQuorum quorum = new WriteQuorum(required, copies, reads, names(roles.size()), roles);
            forget();
            for (int step = 0; step < 3 * roles.size(); step++) {
                int replica = random.nextInt(roles.size());
                answerWrite(quorum, replica);
                checkCommon(quorum, required, roles.size());
                long owners = acknowledged(roles, Role.OWNER);
                long strangers = acknowledged(roles, Role.STAND_IN);
                Receipt receipt = quorum.receipt(7);
                assertEquals(owners + strangers, receipt.received());
                assertEquals(strangers, receipt.standIns());
                boolean overlap = owners >= required && owners + reads > copies;
                assertEquals(overlap, receipt.guarantee() == Guarantee.OVERLAP);
                assertEquals(!overlap && strangers > 0, receipt.guarantee() == Guarantee.SLOPPY);
                assertEquals(
                        receipt.replicas().stream()
                                .map(ReplicaAnswer::outcome)
                                .anyMatch(outcome -> outcome == Outcome.ACKNOWLEDGED || outcome == Outcome.UNKNOWN),
                        quorum.mayBeApplied());
            }
        }
    }

    @Test
    void readsCountAsTheModelDoes() {
        for (int run = 0; run < RUNS; run++) {
            int copies = 1 + random.nextInt(5);
            int required = 1 + random.nextInt(copies);
            int writes = 1 + random.nextInt(copies);
            ReadQuorum quorum = new ReadQuorum(required, copies, writes, names(copies));
            forget();
            boolean writtenBack = false;
            for (int step = 0; step < 3 * copies; step++) {
                answerRead(quorum, random.nextInt(copies));
                checkCommon(quorum, required, copies);
                if (random.nextInt(10) == 0) {
                    quorum.writtenBack();
                    writtenBack = true;
                }
                long owners = acknowledged(Collections.nCopies(copies, Role.OWNER), Role.OWNER);
                boolean overlap = owners >= required && owners + writes > copies;
                Guarantee most = writtenBack ? Guarantee.ATOMIC : Guarantee.OVERLAP;
                assertEquals(overlap ? most : Guarantee.EVENTUAL, quorum.guarantee());
            }
        }
    }

    private void answerWrite(WriteQuorum quorum, int replica) {
        switch (random.nextInt(5)) {
            case 0 -> ask(quorum, replica);
            case 1 -> {
                quorum.acknowledged(replica, Durability.SYNCED);
                settled.putIfAbsent(replica, Outcome.ACKNOWLEDGED);
            }
            default -> answerBadly(quorum, replica);
        }
    }

    private void answerRead(ReadQuorum quorum, int replica) {
        switch (random.nextInt(5)) {
            case 0 -> ask(quorum, replica);
            case 1 -> {
                boolean admitted = random.nextInt(3) > 0;
                quorum.answered(replica, admitted);
                settled.putIfAbsent(replica, admitted ? Outcome.ACKNOWLEDGED : Outcome.NOT_ADMITTED);
            }
            default -> answerBadly(quorum, replica);
        }
    }

    private void ask(Quorum quorum, int replica) {
        quorum.asked(replica);
        asked.put(replica, true);
    }

    private void answerBadly(Quorum quorum, int replica) {
        switch (random.nextInt(3)) {
            case 0 -> {
                quorum.refused(replica);
                settled.putIfAbsent(replica, Outcome.REFUSED);
            }
            case 1 -> {
                quorum.failed(replica);
                settled.putIfAbsent(replica, Outcome.UNKNOWN);
            }
            default -> {
                quorum.notAsked(replica);
                settled.putIfAbsent(replica, Outcome.NOT_ASKED);
            }
        }
    }

    private void checkCommon(Quorum quorum, int required, int size) {
        long received = settled.values().stream()
                .filter(outcome -> outcome == Outcome.ACKNOWLEDGED)
                .count();
        int open = size - settled.size();
        Verdict expected = received >= required
                ? Verdict.REACHED
                : received + open >= required ? Verdict.PENDING : Verdict.IMPOSSIBLE;
        assertEquals(expected, quorum.verdict(), "seed " + seed);
        boolean awaits = asked.keySet().stream().anyMatch(replica -> !settled.containsKey(replica));
        assertEquals(awaits, quorum.awaitsAny());
        List<ReplicaAnswer> answers = quorum.receipt(7).replicas();
        for (int i = 0; i < size; i++) {
            Outcome unsettled = asked.containsKey(i) ? Outcome.UNKNOWN : Outcome.NOT_ASKED;
            assertEquals(settled.getOrDefault(i, unsettled), answers.get(i).outcome());
            assertTrue(answers.get(i).durability().isEmpty() || settled.get(i) == Outcome.ACKNOWLEDGED);
        }
    }

    private long acknowledged(List<Role> roles, Role role) {
        return settled.entrySet().stream()
                .filter(entry -> roles.get(entry.getKey()) == role && entry.getValue() == Outcome.ACKNOWLEDGED)
                .count();
    }

    private void forget() {
        settled.clear();
        asked.clear();
    }

    private static List<String> names(int size) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            names.add("n" + i);
        }
        return names;
    }
}
