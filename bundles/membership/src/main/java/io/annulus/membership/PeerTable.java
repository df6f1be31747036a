package io.annulus.membership;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.MembershipListener;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.Gossip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The other members: their latest states, and what is believed of them. Changes are told to one listener, within the call
 * that makes them. Never holds more than fit into one gossip with the node itself. Owned by the event loop.
 */
final class PeerTable {

    private static final int MAX_PEERS = Gossip.MAX_MEMBERS - 1;
    /** Longest interval between heartbeats that is taken for one, in gossip intervals. */
    private static final int MAX_INTERVALS = 4;

    /** One other member. */
    private static final class Peer {

        private final PhiAccrualDetector detector;
        private Member member;
        private MemberStatus status;

        private Peer(Member member, MemberStatus status, PhiAccrualDetector detector) {
            this.member = member;
            this.status = status;
            this.detector = detector;
        }

        private MemberView view(long nowNanos) {
            long silentMillis = TimeUnit.NANOSECONDS.toMillis(detector.silentNanos(nowNanos));
            return new MemberView(member, status, silentMillis);
        }
    }

    private final GossipConfig config;
    private final Endpoint local;
    private final MembershipListener changes;
    /** By name. Read in each round and gossip, and seldom changed. */
    private final List<Peer> inOrder = new ArrayList<>();
    /** The same, for each of the many states that a gossip holds. */
    private final Map<NodeId, Peer> byName = new HashMap<>();

    /**
     * An empty table.
     *
     * @param local the node's own endpoint, which no other member can have
     */
    PeerTable(GossipConfig config, Endpoint local, MembershipListener changes) {
        this.config = config;
        this.local = local;
        this.changes = changes;
    }

    /** Whether a state is no later than the known one of its member. */
    boolean isOld(Member state) {
        Peer peer = byName.get(state.node());
        return peer != null && (state == peer.member || !state.isLaterThan(peer.member));
    }

    /**
     * Takes a state that is later than the known one.
     *
     * @param fromItself whether the member itself told it; then its endpoint is beyond doubt
     * @return false when there was no room for a new member
     */
    boolean learn(Member state, boolean fromItself, long nowNanos) {
        Peer peer = byName.get(state.node());
        if (peer == null) {
            return add(state, fromItself, nowNanos);
        }
        if (!state.isLaterThan(peer.member)) {
            return true;
        }
        boolean moved = !state.endpoint().equals(peer.member.endpoint());
        if (moved && !takeEndpoint(state, fromItself, nowNanos)) {
            return true;
        }
        boolean reborn = state.generation() != peer.member.generation() || state.storeId() != peer.member.storeId();
        peer.member = state;
        if (reborn || peer.status == MemberStatus.DOWN) {
            peer.detector.reset(nowNanos);
        } else {
            peer.detector.heartbeat(nowNanos);
        }
        if (reborn || peer.status != MemberStatus.UP) {
            peer.status = MemberStatus.UP;
            changes.onChange(peer.view(nowNanos));
        }
        return true;
    }

    /** A member that only others tell of may be dead: it is suspect until its heartbeat is seen to grow. */
    private boolean add(Member state, boolean fromItself, long nowNanos) {
        if (!takeEndpoint(state, fromItself, nowNanos)) {
            return true;
        }
        if (byName.size() >= MAX_PEERS) {
            return false;
        }
        long interval = config.intervalNanos();
        Peer peer = new Peer(
                state,
                fromItself ? MemberStatus.UP : MemberStatus.SUSPECT,
                new PhiAccrualDetector(interval, MAX_INTERVALS * interval, nowNanos));
        inOrder.add(peer);
        inOrder.sort(Comparator.comparing(added -> added.member.node()));
        byName.put(state.node(), peer);
        changes.onChange(peer.view(nowNanos));
        return true;
    }

    /**
     * Whether a member may have its endpoint. Where another one has it, only its own word counts, and then the former holder
     * is forgotten: two names at one endpoint, told by others, could replace each other for ever.
     */
    private boolean takeEndpoint(Member state, boolean fromItself, long nowNanos) {
        if (state.endpoint().equals(local)) {
            return false;
        }
        Optional<Peer> holder = inOrder.stream()
                .filter(peer -> peer.member.endpoint().equals(state.endpoint())
                        && !peer.member.node().equals(state.node()))
                .findFirst();
        if (holder.isPresent() && fromItself) {
            forget(holder.get());
            judge(holder.get(), MemberStatus.DOWN, nowNanos);
        }
        return holder.isEmpty() || fromItself;
    }

    private void forget(Peer peer) {
        inOrder.remove(peer);
        byName.remove(peer.member.node());
    }

    /** Looks how silent everyone is. */
    void judgeAll(long nowNanos) {
        for (Peer peer : inOrder) {
            double phi = peer.detector.phi(nowNanos);
            if (phi >= config.downPhi()) {
                judge(peer, MemberStatus.DOWN, nowNanos);
            } else if (phi >= config.suspectPhi() && peer.status == MemberStatus.UP) {
                judge(peer, MemberStatus.SUSPECT, nowNanos);
            }
        }
    }

    private void judge(Peer peer, MemberStatus status, long nowNanos) {
        if (peer.status != status) {
            peer.status = status;
            changes.onChange(peer.view(nowNanos));
        }
    }

    /** Does not hold a pause of this node against the others. */
    void forgive(long pauseNanos, long nowNanos) {
        inOrder.forEach(peer -> peer.detector.forgive(pauseNanos, nowNanos));
    }

    /** What is known of a member. */
    Optional<MemberView> view(NodeId node, long nowNanos) {
        return Optional.ofNullable(byName.get(node)).map(peer -> peer.view(nowNanos));
    }

    /** All of them, in order of name. */
    Collection<MemberView> views(long nowNanos) {
        return inOrder.stream().map(peer -> peer.view(nowNanos)).toList();
    }

    /** What is believed of a member; one never heard of is down. */
    MemberStatus statusOf(NodeId node) {
        Peer peer = byName.get(Objects.requireNonNull(node, "node"));
        return peer == null ? MemberStatus.DOWN : peer.status;
    }

    /** The states of those that a condition holds for, in order of name. */
    List<Member> members(Predicate<Member> condition) {
        List<Member> members = new ArrayList<>(byName.size());
        for (Peer peer : inOrder) {
            if (condition.test(peer.member)) {
                members.add(peer.member);
            }
        }
        return members;
    }

    /** Where those are that are believed dead, or those that are not, in order of name. */
    Set<Endpoint> endpoints(boolean dead) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (Peer peer : inOrder) {
            if (dead == (peer.status == MemberStatus.DOWN)) {
                endpoints.add(peer.member.endpoint());
            }
        }
        return endpoints;
    }
}
