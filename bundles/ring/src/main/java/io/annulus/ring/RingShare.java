package io.annulus.ring;

import io.annulus.api.ring.RingMember;
import java.util.Objects;

/**
 * How much of the circle a member owns.
 *
 * @param member the member
 * @param arcs arcs that it owns
 * @param fraction of all arcs, 0 to 1
 */
public record RingShare(RingMember member, int arcs, double fraction) {

    public RingShare {
        Objects.requireNonNull(member, "member");
    }
}
