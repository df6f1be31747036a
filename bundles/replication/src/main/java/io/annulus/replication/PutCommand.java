package io.annulus.replication;

import io.annulus.api.ring.Token;
import java.util.Objects;
import java.util.Optional;

/**
 * A checked put or delete.
 *
 * @param token token of the key
 * @param key the key
 * @param context what the client had seen; empty array for a blind put
 * @param value the value, empty for a delete
 * @param acks W, 0 for the keyspace's
 * @param sloppy whether stand-ins may acknowledge
 * @param timeoutMillis how long it may take
 * @param expiryMillis wall milliseconds after which the value is hidden, 0 for never
 */
record PutCommand(
        Token token,
        byte[] key,
        byte[] context,
        Optional<byte[]> value,
        int acks,
        boolean sloppy,
        int timeoutMillis,
        long expiryMillis) {

    PutCommand {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(value, "value");
    }
}
