package io.annulus.itests.mutants;

import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.Membership;
import io.annulus.api.cluster.MembershipListener;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.Cancellable;
import java.util.List;
import java.util.Optional;

/** A membership that passes everything on; bugs override what they change. */
abstract class ForwardingMembership implements Membership {

    private final Membership real;

    ForwardingMembership(Membership real) {
        this.real = real;
    }

    @Override
    public final Member self() {
        return real.self();
    }

    @Override
    public final List<MemberView> members() {
        return real.members();
    }

    @Override
    public final Optional<MemberView> member(NodeId node) {
        return real.member(node);
    }

    @Override
    public MemberStatus statusOf(NodeId node) {
        return real.statusOf(node);
    }

    @Override
    public final void announceRing(long epoch, long hash) {
        real.announceRing(epoch, hash);
    }

    @Override
    public final Cancellable listen(MembershipListener listener) {
        return real.listen(listener);
    }
}
