package io.annulus.simulator;

/**
 * How much a link carries. A message waits until those before it have passed.
 *
 * @param bytesPerSecond how many bytes pass in a second
 * @param maxQueuedBytes most bytes that wait; a message beyond is refused by the messenger, unless none waits before it
 */
public record Bandwidth(long bytesPerSecond, long maxQueuedBytes) {

    /** As if the link had no limit. */
    public static final Bandwidth UNLIMITED = new Bandwidth(Long.MAX_VALUE, Long.MAX_VALUE);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    public Bandwidth {
        if (bytesPerSecond < 1 || maxQueuedBytes < 0) {
            throw new IllegalArgumentException(bytesPerSecond + " bytes a second with a queue of " + maxQueuedBytes
                    + " bytes carry nothing; give at least 1 and 0");
        }
    }

    boolean isLimited() {
        return bytesPerSecond != Long.MAX_VALUE;
    }

    /** How long so many bytes take to pass. */
    long nanosFor(long bytes) {
        return isLimited() ? (long) ((double) bytes / bytesPerSecond * NANOS_PER_SECOND) : 0;
    }

    /** How many bytes pass in a time. */
    long bytesIn(long nanos) {
        return (long) ((double) nanos / NANOS_PER_SECOND * bytesPerSecond);
    }
}
