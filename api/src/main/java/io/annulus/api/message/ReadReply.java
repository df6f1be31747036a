package io.annulus.api.message;

import java.util.Objects;
import java.util.Optional;

/**
 * What a replica holds of a key.
 *
 * @param requestId number of the request
 * @param status whether the read was done
 * @param digest digest of the record, 0 when there is none
 * @param present whether the replica holds a record
 * @param record the record, empty when there is none or the digest alone was asked for
 */
public record ReadReply(long requestId, ReplicaStatus status, boolean present, long digest, Optional<byte[]> record)
        implements Message {

    public ReadReply {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(record, "record");
    }

    @Override
    public Verb verb() {
        return Verb.READ_REPLY;
    }
}
