package io.annulus.api.message;

import io.annulus.api.cluster.NodeId;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives a replica a record to join.
 *
 * @param requestId number that the answer repeats
 * @param ringEpoch epoch of the sender's ring
 * @param keyspace name of the keyspace
 * @param hintFor the owner for whom a stand-in keeps the record, empty when the receiver is an owner
 * @param key the key
 * @param record the record, as the coordinator encoded it
 */
public record WriteRequest(
        long requestId, long ringEpoch, String keyspace, Optional<NodeId> hintFor, byte[] key, byte[] record)
        implements Message {

    public WriteRequest {
        Objects.requireNonNull(keyspace, "keyspace");
        Objects.requireNonNull(hintFor, "hintFor");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(record, "record");
    }

    @Override
    public Verb verb() {
        return Verb.WRITE_REQUEST;
    }
}
