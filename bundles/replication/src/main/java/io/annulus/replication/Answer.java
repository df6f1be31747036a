package io.annulus.replication;

import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReplicaStatus;
import java.util.Objects;
import java.util.Optional;

/**
 * What one replica said of a key.
 *
 * @param status whether the read was done
 * @param present whether it holds a record
 * @param digest digest of the record, 0 when there is none
 * @param record the record, where it was asked for and there is one
 */
record Answer(ReplicaStatus status, boolean present, long digest, Optional<byte[]> record) {

    Answer {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(record, "record");
    }

    static Answer failed(ReplicaStatus status) {
        return new Answer(status, false, 0, Optional.empty());
    }

    static Answer of(ReadReply reply) {
        return new Answer(reply.status(), reply.present(), reply.digest(), reply.record());
    }

    boolean isDone() {
        return status == ReplicaStatus.DONE || status == ReplicaStatus.NOT_ADMITTED;
    }
}
