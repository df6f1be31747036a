package io.annulus.api;

import java.util.Objects;
import java.util.Optional;

/**
 * How a put or delete is done. Immutable.
 *
 * @param acks W, 0 for the keyspace's
 * @param context what the client had seen, {@link Context#NONE} for a blind put
 * @param sloppy whether stand-ins may acknowledge, empty for the keyspace's
 * @param timeoutMillis deadline in milliseconds, 0 for the keyspace's
 * @param ttlMillis how long the value lives in milliseconds, 0 for ever; a put only
 */
public record WriteOptions(int acks, Context context, Optional<Boolean> sloppy, int timeoutMillis, long ttlMillis) {

    private static final long MAX_TTL_MILLIS = 100L * 366 * 24 * 3600 * 1000;

    public WriteOptions {
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(sloppy, "sloppy");
        if (acks < 0 || acks > KeyspaceSettings.MAX_COPIES) {
            throw new IllegalArgumentException("W = " + acks + " is not 1 to " + KeyspaceSettings.MAX_COPIES
                    + " (or 0 for the keyspace's); ask for 1 to N acknowledgements");
        }
        if (timeoutMillis < 0 || timeoutMillis > 600_000) {
            throw new IllegalArgumentException("timeout of " + timeoutMillis + " ms is not 0 to 600000");
        }
        if (ttlMillis < 0 || ttlMillis > MAX_TTL_MILLIS) {
            throw new IllegalArgumentException("TTL of " + ttlMillis + " ms is not 0 (for ever) to 100 years");
        }
    }

    /** The keyspace's own W, blind. */
    public static WriteOptions defaults() {
        return new WriteOptions(0, Context.NONE, Optional.empty(), 0, 0);
    }

    /** W acknowledgements. */
    public static WriteOptions acks(int replicas) {
        if (replicas < 1) {
            throw new IllegalArgumentException("W = " + replicas + " is below 1; a write needs an acknowledgement");
        }
        return defaults().withAcks(replicas);
    }

    /** A write that replaces what the context covers. */
    public static WriteOptions replacing(Context context) {
        return defaults().withContext(context);
    }

    /** The same with another W, 0 for the keyspace's. */
    public WriteOptions withAcks(int replicas) {
        return new WriteOptions(replicas, context, sloppy, timeoutMillis, ttlMillis);
    }

    /** The same, replacing what a context covers. */
    public WriteOptions withContext(Context seen) {
        return new WriteOptions(acks, seen, sloppy, timeoutMillis, ttlMillis);
    }

    /** The same; stand-ins may acknowledge, or may not. */
    public WriteOptions withSloppy(boolean allowed) {
        return new WriteOptions(acks, context, Optional.of(allowed), timeoutMillis, ttlMillis);
    }

    /** The same with a deadline of its own, 1 to 600000 ms. */
    public WriteOptions withTimeoutMillis(int millis) {
        return new WriteOptions(acks, context, sloppy, millis, ttlMillis);
    }

    /** The same with a time to live in milliseconds. */
    public WriteOptions withTtlMillis(long millis) {
        return new WriteOptions(acks, context, sloppy, timeoutMillis, millis);
    }
}
