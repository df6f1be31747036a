package io.annulus.simulator.judge;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the last write wins, no answer and no replica shows two values, and the end is not older than an acknowledged write:
 * an end that shows another value, or nothing, is one that a put, or a delete, with a greater timestamp may have left.
 * {@link WriteOrder} says of which writes one is certainly older: by timestamps where they are known, never by the time of
 * day, for the clocks of nodes may differ. What all its replicas may have lost is excused ({@link Loss}).
 *
 * <p>Not seen: which of two writes without known timestamps won that no node and no promise orders, and a delete that left
 * nothing because it was never needed. That the replicas agree is the matter of {@link ConvergenceJudge}; reads on the way
 * are that of {@link RegularRegisterJudge}.
 */
public final class LastWriteWinsJudge implements Judge {

    @Override
    public String name() {
        return "lww";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        for (KeyHistory key : KeyHistory.of(history, Mode.LWW)) {
            WriteOrder order = new WriteOrder(history, Mode.LWW, key.operations());
            key.sights().stream()
                    .filter(sight -> sight.values().size() > 1)
                    .map(sight -> key.violation(
                            this, sight.where() + " shows several values: " + sight.values(), sight.operations()))
                    .forEach(violations::add);
            for (Sight end : key.ends()) {
                if (end.values().size() <= 1) {
                    newerThanTheEnd(key, order, end).ifPresent(violations::add);
                }
            }
        }
        return violations;
    }

    /** One acknowledged write that is newer than what an end shows, if there is any. */
    private Optional<Violation> newerThanTheEnd(KeyHistory key, WriteOrder order, Sight end) {
        return order.missed(end.values(), end.toNanos())
                .filter(write -> end.mustHave(write) && !Loss.excuses(key.history(), write))
                .findFirst()
                .map(write -> key.violation(this, end.where() + " " + fault(end, write), proof(order, end, write)));
    }

    private static String fault(Sight end, Operation write) {
        return end.values().isEmpty()
                ? "shows nothing, though " + write.value().orElseThrow()
                        + " was acknowledged and no delete of a greater timestamp may have removed it"
                : "shows " + end.values().get(0) + ", which is older than the acknowledged "
                        + write.value().map(value -> "put of " + value).orElse("delete");
    }

    private static List<Integer> proof(WriteOrder order, Sight end, Operation write) {
        List<Integer> proof = new ArrayList<>(end.operations());
        proof.add(write.index());
        end.values().forEach(value -> order.writer(value).ifPresent(writer -> proof.add(writer.index())));
        return proof;
    }
}
