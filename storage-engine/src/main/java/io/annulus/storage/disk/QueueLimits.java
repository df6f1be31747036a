package io.annulus.storage.disk;

/**
 * How much may wait for the engine; what comes beyond is refused before any effect.
 *
 * @param bytes of writes that may wait for the log
 * @param writes number of writes that may wait for the log
 * @param reads number of reads that may wait for files
 */
public record QueueLimits(long bytes, int writes, int reads) {

    /** Default of {@code bytes}. */
    public static final long BYTES = 32 << 20;

    /** Default of {@code writes}. */
    public static final int WRITES = 65_536;

    /** Default of {@code reads}. */
    public static final int READS = 8192;

    /** The defaults. */
    public static final QueueLimits DEFAULT = new QueueLimits(BYTES, WRITES, READS);
}
