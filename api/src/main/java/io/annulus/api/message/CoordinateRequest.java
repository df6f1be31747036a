package io.annulus.api.message;

import java.util.Objects;
import java.util.Optional;

/**
 * Asks an owner of a key to coordinate a causal write. It is never forwarded again.
 *
 * @param requestId number that the answer repeats
 * @param ringEpoch epoch of the sender's ring
 * @param keyspace name of the keyspace
 * @param acks W, 1 or more
 * @param sloppy whether stand-ins may acknowledge
 * @param timeoutMillis what is left of the client's deadline
 * @param expiryMillis wall milliseconds after which the value is hidden, 0 for never
 * @param key the key
 * @param context what the client had seen; empty for a blind put
 * @param value the value, empty for a delete
 */
public record CoordinateRequest(
        long requestId,
        long ringEpoch,
        String keyspace,
        int acks,
        boolean sloppy,
        int timeoutMillis,
        long expiryMillis,
        byte[] key,
        byte[] context,
        Optional<byte[]> value)
        implements Message {

    public CoordinateRequest {
        Objects.requireNonNull(keyspace, "keyspace");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(value, "value");
    }

    @Override
    public Verb verb() {
        return Verb.COORDINATE_REQUEST;
    }
}
