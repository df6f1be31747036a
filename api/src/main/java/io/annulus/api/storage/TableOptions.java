package io.annulus.api.storage;

import java.util.Objects;

/**
 * How a table is kept. Any of it may change while the table is open; what is on the disk follows as it is written anew.
 *
 * @param durability what must have become of a write before it is acknowledged
 * @param compression of its sorted tables and large records
 * @param filterBits bits of the filters of its sorted tables for each key, 1 to 64: more of them let fewer reads of missing
 *     keys through, and take more memory
 * @param tuning trades reads against the writing of compaction, -8 to 8: above 0 fewer and smaller overlaps of runs (faster
 *     reads, more bytes written), below 0 more of them
 * @param retention what compaction may leave out
 */
public record TableOptions(
        Durability durability, Compression compression, int filterBits, int tuning, Retention retention) {

    /** Most bits of a filter for each key. */
    public static final int MOST_FILTER_BITS = 64;

    /** Least tuning. */
    public static final int LEAST_TUNING = -8;

    /** Greatest tuning. */
    public static final int GREATEST_TUNING = 8;

    /** One of a hundred missing keys is let through. */
    private static final int DEFAULT_FILTER_BITS = 10;

    /** Four runs of a level are merged: measured best where both bytes written and reads count. */
    private static final int DEFAULT_TUNING = -2;

    /** Synced, LZ4, a filter and a tuning that suit most; nothing is left out but what a join leaves out. */
    public static final TableOptions DEFAULT = new TableOptions(
            Durability.SYNCED, Compression.LZ4, DEFAULT_FILTER_BITS, DEFAULT_TUNING, Retention.EVERYTHING);

    public TableOptions {
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(compression, "compression");
        Objects.requireNonNull(retention, "retention");
        require("filterBits", filterBits, 1, MOST_FILTER_BITS);
        require("tuning", tuning, LEAST_TUNING, GREATEST_TUNING);
    }

    /** These, with another durability. */
    public TableOptions with(Durability other) {
        return new TableOptions(other, compression, filterBits, tuning, retention);
    }

    /** These, with another compression. */
    public TableOptions with(Compression other) {
        return new TableOptions(durability, other, filterBits, tuning, retention);
    }

    /** These, with another retention. */
    public TableOptions with(Retention other) {
        return new TableOptions(durability, compression, filterBits, tuning, other);
    }

    /** These, with filters of another size. */
    public TableOptions withFilterBits(int other) {
        return new TableOptions(durability, compression, other, tuning, retention);
    }

    /** These, with another tuning. */
    public TableOptions withTuning(int other) {
        return new TableOptions(durability, compression, filterBits, other, retention);
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " " + value + " is not " + least + " to " + most + "; name one of these");
        }
    }
}
