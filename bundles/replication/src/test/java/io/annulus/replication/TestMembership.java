package io.annulus.replication;

import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.Membership;
import io.annulus.api.cluster.MembershipListener;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.runtime.Cancellable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A membership whose opinions the test sets. */
final class TestMembership implements Membership {

    private final NodeId self;
    private final Map<NodeId, Member> members = new TreeMap<>();
    private final Map<NodeId, MemberStatus> opinions = new TreeMap<>();

    TestMembership(NodeId self, List<NodeSettings> all) {
        this.self = self;
        for (NodeSettings node : all) {
            members.put(
                    node.node(), new Member(node.node(), node.endpoint(), 1, node.rack(), node.weight(), 1, 1, 1, 1));
        }
    }

    void believe(NodeId node, MemberStatus status) {
        opinions.put(node, status);
    }

    @Override
    public Member self() {
        return members.get(self);
    }

    @Override
    public List<MemberView> members() {
        return members.values().stream().map(this::view).toList();
    }

    @Override
    public Optional<MemberView> member(NodeId node) {
        return Optional.ofNullable(members.get(node)).map(this::view);
    }

    @Override
    public MemberStatus statusOf(NodeId node) {
        return members.containsKey(node) ? opinions.getOrDefault(node, MemberStatus.UP) : MemberStatus.DOWN;
    }

    @Override
    public void announceRing(long epoch, long hash) {
        throw new UnsupportedOperationException("the request path announces no ring");
    }

    @Override
    public Cancellable listen(MembershipListener listener) {
        throw new UnsupportedOperationException("the request path does not listen to membership");
    }

    private MemberView view(Member member) {
        return new MemberView(member, statusOf(member.node()), 0);
    }
}
