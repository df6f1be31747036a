package io.annulus.api.cluster;

import java.util.Objects;

/**
 * A member and what this node believes of it.
 *
 * @param member its last known state
 * @param status this node's opinion
 * @param silentMillis milliseconds since it was last heard of; 0 for the node itself
 */
public record MemberView(Member member, MemberStatus status, long silentMillis) {

    public MemberView {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(status, "status");
    }
}
