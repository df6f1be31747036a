package io.annulus.api.storage;

import java.util.Objects;

/**
 * How a table is kept.
 *
 * @param durability what must have become of a write before it is acknowledged
 * @param tuning trades reads against the writing of compaction, -8 to 8: above 0 fewer and smaller overlaps of runs (faster
 *     reads, more bytes written), below 0 more of them
 * @param retention what compaction may leave out
 */
public record TableOptions(Durability durability, int tuning, Retention retention) {

    /** Least tuning. */
    public static final int LEAST_TUNING = -8;

    /** Greatest tuning. */
    public static final int GREATEST_TUNING = 8;

    /** Four runs of a level are merged: measured best where both bytes written and reads count. */
    private static final int DEFAULT_TUNING = -2;

    /** Synced, a tuning that suits most; nothing is left out but what a join leaves out. */
    public static final TableOptions DEFAULT =
            new TableOptions(Durability.SYNCED, DEFAULT_TUNING, Retention.EVERYTHING);

    public TableOptions {
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(retention, "retention");
        if (tuning < LEAST_TUNING || tuning > GREATEST_TUNING) {
            throw new IllegalArgumentException(
                    "tuning " + tuning + " is not " + LEAST_TUNING + " to " + GREATEST_TUNING + "; name one of these");
        }
    }

    /** These, with another durability. */
    public TableOptions with(Durability other) {
        return new TableOptions(other, tuning, retention);
    }

    /** These, with another retention. */
    public TableOptions with(Retention other) {
        return new TableOptions(durability, tuning, other);
    }

    /** These, with another tuning. */
    public TableOptions withTuning(int other) {
        return new TableOptions(durability, other, retention);
    }
}
