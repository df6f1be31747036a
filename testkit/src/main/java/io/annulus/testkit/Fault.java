package io.annulus.testkit;

import io.annulus.api.AnnulusException;
import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.CorruptRangeException;
import io.annulus.api.GuaranteeNotMetException;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.OverloadedException;
import io.annulus.api.Receipt;
import io.annulus.api.UnavailableException;

/**
 * A failure that the test asks for instead of bringing it about by crashes and partitions; see {@link TestCluster#failNext}.
 * An update meets the faults of reads, and then those of writes.
 */
public enum Fault {
    /** The write reaches nobody; after its deadline it fails with {@link OutcomeUnknownException}. */
    WRITE_LOST(true),
    /** The write is done, and the acknowledgements are lost: after its deadline, {@link OutcomeUnknownException}. */
    WRITE_UNACKNOWLEDGED(true),
    /** Too few replicas can be asked: {@link UnavailableException} at once, nothing was changed. */
    WRITE_UNAVAILABLE(true),
    /** The node refuses the write for want of room: {@link OverloadedException} at once, nothing was changed. */
    WRITE_OVERLOADED(true),
    /** Too few replicas can be asked: {@link UnavailableException} at once. */
    READ_UNAVAILABLE(false),
    /** The node refuses the read for want of room: {@link OverloadedException} at once. */
    READ_OVERLOADED(false),
    /** A damaged replica might hold the key, and too few others answer: {@link CorruptRangeException} at once. */
    READ_CORRUPT(false),
    /** The value was read and could not be written back, as atomic reads must: {@link GuaranteeNotMetException} at once. */
    READ_GUARANTEE_NOT_MET(false);

    private final boolean ofWrites;

    Fault(boolean ofWrites) {
        this.ofWrites = ofWrites;
    }

    boolean isOfWrites() {
        return ofWrites;
    }

    /** Whether the operation is done though it fails. */
    boolean isApplied() {
        return this == WRITE_UNACKNOWLEDGED;
    }

    /** Whether it comes when the deadline is over, not at once. */
    boolean isTimeout() {
        return this == WRITE_LOST || this == WRITE_UNACKNOWLEDGED;
    }

    AnnulusException exception() {
        String text = "the test asked for " + this + " by failNext";
        Receipt receipt = Receipt.none(0);
        return switch (this) {
            case WRITE_LOST, WRITE_UNACKNOWLEDGED -> new OutcomeUnknownException(text, receipt);
            case WRITE_UNAVAILABLE, READ_UNAVAILABLE -> new UnavailableException(text, receipt);
            case WRITE_OVERLOADED, READ_OVERLOADED -> new OverloadedException(text, receipt);
            case READ_CORRUPT -> new CorruptRangeException(text, receipt);
            case READ_GUARANTEE_NOT_MET -> new GuaranteeNotMetException(text, Effect.NOT_APPLIED, receipt);
        };
    }
}
