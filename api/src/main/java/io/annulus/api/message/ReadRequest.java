package io.annulus.api.message;

import java.util.Objects;

/**
 * Asks a replica for what it holds of a key.
 *
 * @param requestId number that the answer repeats
 * @param ringEpoch epoch of the sender's ring
 * @param keyspace name of the keyspace
 * @param digestOnly whether the digest alone is wanted
 * @param key the key
 */
public record ReadRequest(long requestId, long ringEpoch, String keyspace, boolean digestOnly, byte[] key)
        implements Message {

    public ReadRequest {
        Objects.requireNonNull(keyspace, "keyspace");
        Objects.requireNonNull(key, "key");
    }

    @Override
    public Verb verb() {
        return Verb.READ_REQUEST;
    }
}
