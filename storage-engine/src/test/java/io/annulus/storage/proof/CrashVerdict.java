package io.annulus.storage.proof;

import io.annulus.storage.proof.CrashWorkload.Operation;
import java.util.Optional;

/**
 * Tells what a crash may leave: the operations of each life are logged in order, so what is there is the state after some prefix
 * of them, and that prefix covers all that were acknowledged.
 */
final class CrashVerdict {

    /** Most operations that a writer has under way. */
    static final int WINDOW = 64;

    private final CrashWorkload workload;

    CrashVerdict(CrashWorkload workload) {
        this.workload = workload;
    }

    /**
     * Last operation of the prefix of a life that leads to what was found; empty when none does.
     *
     * @param before what was there before the life
     * @param life number of the life
     * @param acked how many operations of it were acknowledged, and with them all before
     */
    Optional<Long> prefix(CrashState before, long life, long acked, CrashState found) {
        CrashState expected = before.copy();
        for (long i = 1; i <= acked; i++) {
            expected.apply(workload.operation(CrashWorkload.number(life, i)));
        }
        int differences = expected.differences(found);
        for (long i = acked; i <= acked + WINDOW; i++) {
            if (differences == 0) {
                return Optional.of(i);
            }
            Operation next = workload.operation(CrashWorkload.number(life, i + 1));
            differences -= differs(expected, found, next);
            expected.apply(next);
            differences += differs(expected, found, next);
        }
        return Optional.empty();
    }

    /** What is there after a prefix of a life. */
    CrashState after(CrashState before, long life, long prefix) {
        CrashState after = before.copy();
        for (long i = 1; i <= prefix; i++) {
            after.apply(workload.operation(CrashWorkload.number(life, i)));
        }
        return after;
    }

    private static int differs(CrashState expected, CrashState found, Operation operation) {
        return expected.version(operation.table(), operation.key()) == found.version(operation.table(), operation.key())
                ? 0
                : 1;
    }
}
