package io.annulus.api;

import java.util.Objects;

/**
 * One replica's part in an operation.
 *
 * @param node name of the replica
 * @param role whether it is one of the key's own
 * @param outcome what it did
 * @param durability what a write that it acknowledged rests on; empty string for reads and refusals, else the name of a
 *     {@link io.annulus.api.storage.Durability}
 */
public record ReplicaAnswer(String node, Role role, Outcome outcome, String durability) {

    /** A replica's relation to the key. */
    public enum Role {
        /** One of the key's N owners. */
        OWNER,
        /** It stands in for an owner that is believed down, and keeps a hint. */
        STAND_IN,
    }

    /** What a replica did. */
    public enum Outcome {
        /** It did what was asked. */
        ACKNOWLEDGED,
        /** It answered a read, but may have lost what it acknowledged before: counts toward no overlap. */
        NOT_ADMITTED,
        /** It refused before any effect. */
        REFUSED,
        /** It failed, or did not answer in time; its effect is unknown. */
        UNKNOWN,
        /** It was not asked, because it is believed down or the request could not be sent. */
        NOT_ASKED,
    }

    public ReplicaAnswer {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(durability, "durability");
    }
}
