package io.annulus.ring;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.Membership;
import io.annulus.api.cluster.MembershipListener;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.Gossip;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Sender;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.simulator.SimulatedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Gossip in its plainest form: every 100 ms all that is known goes to two of all endpoints; one second of silence is down. */
final class TestMembership implements Membership {

    private static final long PERIOD_NANOS = 100_000_000;
    private static final long DOWN_NANOS = 1_000_000_000;

    private final SimulatedNode node;
    private final TreeMap<NodeId, Member> known = new TreeMap<>();
    private final TreeMap<NodeId, Long> heardNanos = new TreeMap<>();
    private final List<MembershipListener> listeners = new ArrayList<>();

    /** Stands for the generation, so that a node on an emptied directory is later than it was before. */
    private final long startMillis;

    private long heartbeat;
    private long ringEpoch;
    private long ringHash;

    TestMembership(SimulatedNode node) {
        this.node = node;
        this.startMillis = node.time().wallMillis();
        node.messenger().listen(Set.of(Verb.GOSSIP), this::onGossip);
        round();
    }

    private void round() {
        heartbeat++;
        known.put(self().node(), self());
        List<Endpoint> endpoints = new ArrayList<>(node.settings().founders());
        known.values().stream()
                .map(Member::endpoint)
                .filter(e -> !endpoints.contains(e))
                .forEach(endpoints::add);
        for (int i = 0; i < 2; i++) {
            Endpoint to = endpoints.get(node.random().nextInt(endpoints.size()));
            node.messenger().send(to, new Gossip(false, List.copyOf(known.values())));
        }
        node.loop().schedule(PERIOD_NANOS, this::round);
    }

    private void onGossip(Sender from, Message message) {
        Gossip gossip = (Gossip) message;
        gossip.members().forEach(this::learn);
        if (!gossip.answer()) {
            node.messenger().send(from.endpoint(), new Gossip(true, List.copyOf(known.values())));
        }
    }

    private void learn(Member member) {
        Member before = known.get(member.node());
        if (member.node().equals(self().node()) || before != null && !member.isLaterThan(before)) {
            return;
        }
        known.put(member.node(), member);
        heardNanos.put(member.node(), node.time().nanos());
        if (before == null || before.generation() != member.generation()) {
            listeners.forEach(listener -> listener.onChange(view(member)));
        }
    }

    private MemberView view(Member member) {
        boolean up = statusOf(member.node()) == MemberStatus.UP;
        return new MemberView(member, up ? MemberStatus.UP : MemberStatus.DOWN, 0);
    }

    @Override
    public Member self() {
        StoreIdentity identity = node.storage().identity();
        return new Member(
                node.settings().node(),
                node.settings().endpoint(),
                identity.storeId(),
                node.settings().rack(),
                node.settings().weight(),
                startMillis,
                heartbeat,
                ringEpoch,
                ringHash);
    }

    @Override
    public List<MemberView> members() {
        known.put(self().node(), self());
        return known.values().stream().map(this::view).toList();
    }

    @Override
    public Optional<MemberView> member(NodeId id) {
        return Optional.ofNullable(known.get(id)).map(this::view);
    }

    @Override
    public MemberStatus statusOf(NodeId id) {
        if (id.equals(node.settings().node())) {
            return MemberStatus.UP;
        }
        Long heard = heardNanos.get(id);
        return heard != null && node.time().nanos() - heard < DOWN_NANOS ? MemberStatus.UP : MemberStatus.DOWN;
    }

    @Override
    public void announceRing(long epoch, long hash) {
        ringEpoch = epoch;
        ringHash = hash;
    }

    @Override
    public Cancellable listen(MembershipListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
