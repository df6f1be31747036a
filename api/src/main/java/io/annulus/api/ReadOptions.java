package io.annulus.api;

import java.util.Objects;

/**
 * How a read is done. Immutable.
 *
 * @param level how many replicas must answer
 * @param replicas R where the level is {@link Level#COUNT}, else 0
 * @param timeoutMillis deadline in milliseconds, 0 for the keyspace's
 */
public record ReadOptions(Level level, int replicas, int timeoutMillis) {

    /** How many replicas must answer. */
    public enum Level {
        /** The keyspace's own R. */
        KEYSPACE,
        /** A number that the options name. */
        COUNT,
        /** More than half of N. */
        QUORUM,
        /** All N. */
        ALL,
        /** More than half of N, and what was found is written back to a write quorum before it is returned. */
        ATOMIC,
    }

    public ReadOptions {
        Objects.requireNonNull(level, "level");
        if (level == Level.COUNT && (replicas < 1 || replicas > KeyspaceSettings.MAX_COPIES)) {
            throw new IllegalArgumentException(
                    "R = " + replicas + " is not 1 to " + KeyspaceSettings.MAX_COPIES + "; ask for 1 to N replicas");
        }
        if (level != Level.COUNT && replicas != 0) {
            throw new IllegalArgumentException(
                    "R = " + replicas + " contradicts level " + level + "; give one of them");
        }
        if (timeoutMillis < 0 || timeoutMillis > 600_000) {
            throw new IllegalArgumentException("timeout of " + timeoutMillis + " ms is not 0 to 600000");
        }
    }

    /** The keyspace's own R. */
    public static ReadOptions defaults() {
        return new ReadOptions(Level.KEYSPACE, 0, 0);
    }

    /** One replica. */
    public static ReadOptions one() {
        return of(1);
    }

    /** More than half of N. */
    public static ReadOptions quorum() {
        return new ReadOptions(Level.QUORUM, 0, 0);
    }

    /** All N. */
    public static ReadOptions all() {
        return new ReadOptions(Level.ALL, 0, 0);
    }

    /** R replicas. */
    public static ReadOptions of(int replicas) {
        return new ReadOptions(Level.COUNT, replicas, 0);
    }

    /** A quorum, and no later atomic read sees less than this one returned. */
    public static ReadOptions atomic() {
        return new ReadOptions(Level.ATOMIC, 0, 0);
    }

    /** The same with a deadline of its own, 1 to 600000 ms. */
    public ReadOptions withTimeoutMillis(int millis) {
        return new ReadOptions(level, replicas, millis);
    }
}
