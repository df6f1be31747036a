package io.annulus.storage;

import java.io.IOException;
import java.util.Optional;

/** Refuses writes while the disk has less room than the reserve; for who has taken the end of the log. */
final class DiskReserve {

    /** Between two questions to the disk so much may be written at most. */
    private static final long UNASKED_BYTES = 256 << 10;

    private final EngineParts parts;
    private final Fence fence;
    private long unasked = UNASKED_BYTES;

    DiskReserve(EngineParts parts, Fence fence) {
        this.parts = parts;
        this.fence = fence;
    }

    /**
     * Asks the disk for a batch.
     *
     * @param values bytes of its large records, which a file has yet to get
     */
    Optional<? extends RuntimeException> refusal(long values) {
        unasked = 0;
        if (fence.isRaised()) {
            return fence.refusal();
        }
        try {
            long usable = parts.root().usableBytes();
            long reserve = parts.config().reserveBytes();
            if (usable - values >= reserve) {
                return Optional.empty();
            }
            unasked = UNASKED_BYTES;
            String beside = values > 0 ? " and large records of " + values : "";
            return Refusal.full("the disk has " + usable + " bytes left, fewer than the reserve of " + reserve + beside
                    + "; make room on it");
        } catch (IOException e) {
            fence.raise(e);
            return fence.refusal();
        }
    }

    /** Asks the disk now and then for small writes that come one by one, and again at once after it was found full. */
    Optional<? extends RuntimeException> refusal(long bytes, long values) {
        unasked += bytes;
        return unasked < UNASKED_BYTES && values == 0 && !fence.isRaised() ? Optional.empty() : refusal(values);
    }
}
