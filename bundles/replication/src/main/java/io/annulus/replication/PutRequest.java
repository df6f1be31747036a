package io.annulus.replication;

import io.annulus.api.ring.Token;
import java.util.Objects;
import java.util.Optional;

/**
 * A put or delete as the consumer asked for it, checked and not yet on the event loop.
 *
 * @param key the key
 * @param context what the client had seen
 * @param value the value, empty for a delete
 * @param acks W, 0 for the keyspace's
 * @param sloppy whether stand-ins may acknowledge
 * @param timeoutMillis how long it may take
 * @param ttlMillis how long the value lives, 0 for ever
 */
record PutRequest(
        byte[] key,
        byte[] context,
        Optional<byte[]> value,
        int acks,
        boolean sloppy,
        int timeoutMillis,
        long ttlMillis) {

    PutRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(value, "value");
    }

    /** As a command; the time to live counts from now. */
    PutCommand command(long nowMillis) {
        // Saturates: a wrapped sum would lie in the past, and the value would be gone at once.
        long expiry = ttlMillis == 0 ? 0 : nowMillis + Math.min(ttlMillis, Long.MAX_VALUE - nowMillis);
        return new PutCommand(Token.of(key), key, context, value, acks, sloppy, timeoutMillis, expiry);
    }
}
