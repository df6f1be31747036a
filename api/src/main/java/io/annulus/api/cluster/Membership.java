package io.annulus.api.cluster;

import io.annulus.api.runtime.Cancellable;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is there, and who is believed up. Lists are snapshots that any thread may take; the rest is for the event loop.
 */
@ProviderType
public interface Membership {

    /** This node. */
    Member self();

    /** All members heard of, this node included, in order of name. */
    List<MemberView> members();

    /** One member. */
    Optional<MemberView> member(NodeId node);

    /** What is believed of a node; a node never heard of is {@link MemberStatus#DOWN}. */
    MemberStatus statusOf(NodeId node);

    /** Tells others, from the next round of gossip on, which ring this node uses. */
    void announceRing(long epoch, long hash);

    /** Calls a listener at each change until it is cancelled. */
    Cancellable listen(MembershipListener listener);
}
