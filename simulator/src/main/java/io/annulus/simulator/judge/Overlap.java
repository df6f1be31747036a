package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.simulator.history.Operation;

/**
 * Which reads were promised to reflect which operations before: by their receipts, see {@link Claims}, or, where neither has
 * one, by the levels that were asked for.
 */
final class Overlap {

    private Overlap() {}

    /** Whether a read has to reflect an acknowledged write that ended before it began. */
    static boolean meets(Operation write, Operation read) {
        if (write.guarantee().isPresent() || read.guarantee().isPresent()) {
            return Claims.meets(write, read);
        }
        return write.isOk()
                && read.isOk()
                && write.precedes(read)
                && write.invocation().level().overlaps(read.invocation().level());
    }

    /** Whether two reads were both promised that no later such read sees less. */
    static boolean bothAtomic(Operation earlier, Operation later) {
        return Claims.claims(earlier, Guarantee.ATOMIC) && Claims.claims(later, Guarantee.ATOMIC);
    }
}
