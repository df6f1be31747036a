package io.annulus.api.message;

import io.annulus.api.storage.Durability;
import java.util.Objects;

/**
 * What became of a write at a replica.
 *
 * @param requestId number of the request
 * @param status whether it was done
 * @param durability of a write that was done
 */
public record WriteReply(long requestId, ReplicaStatus status, Durability durability) implements Message {

    public WriteReply {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(durability, "durability");
    }

    @Override
    public Verb verb() {
        return Verb.WRITE_REPLY;
    }
}
