package io.annulus.membership;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.Membership;
import io.annulus.api.cluster.MembershipListener;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.message.Gossip;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.runtime.Sender;
import io.annulus.api.storage.StoreIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership by push-pull gossip. In each round the node raises its heartbeat and tells a few members all the states it
 * knows; who is told answers with those that it knows better. Created, used and closed on the event loop; only
 * {@link #self}, {@link #members} and {@link #problems} are for any thread. Listeners are called in turns of their own.
 *
 * <p>A round that comes much too late tells that this node itself was paused: what others did not say in that time is not
 * held against them (as in Lifeguard, Dadgar, Phillips and Currey, 2018).
 */
public final class GossipMembership implements Membership, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GossipMembership.class);
    /** Counters beyond are no one's: a state with such a one is damaged, and could never be refuted. */
    private static final long MAX_COUNTER = 1L << 60;

    private final GossipConfig config;
    private final List<Endpoint> seeds;
    private final NodeRuntime runtime;
    private final Messenger messenger;
    private final SelfState self;
    private final PeerTable peers;
    private final GossipTargets targets;
    private final List<MembershipListener> listeners = new ArrayList<>();
    private final Cancellable listening;
    private Cancellable timer;
    private long nextRoundNanos;
    private boolean changed;
    private boolean closed;

    /** Written by the loop, read by any thread. */
    private volatile Member selfSnapshot;
    /** Written by the loop, read by any thread. */
    private volatile List<MemberView> snapshot = List.of();
    /** Written by the loop, read by any thread; by what is wrong. */
    private volatile Map<String, String> problems = Map.of();

    private GossipMembership(
            GossipConfig config,
            NodeSettings settings,
            StoreIdentity identity,
            NodeRuntime runtime,
            Messenger messenger) {
        this.config = config;
        this.runtime = runtime;
        this.messenger = messenger;
        seeds = settings.founders();
        self = new SelfState(new Member(
                identity.node(),
                messenger.local(),
                identity.storeId(),
                settings.rack(),
                settings.weight(),
                identity.generation(),
                0,
                0,
                0));
        peers = new PeerTable(config, messenger.local(), this::noteChange);
        targets = new GossipTargets(config.fanout(), runtime.random());
        publish();
        listening = messenger.listen(Set.of(Verb.GOSSIP), this::onMessage);
        scheduleRound(0);
    }

    /** Starts to gossip, at the loop's next turn; call it on the loop. */
    public static GossipMembership start(
            GossipConfig config,
            NodeSettings settings,
            StoreIdentity identity,
            NodeRuntime runtime,
            Messenger messenger) {
        return new GossipMembership(config, settings, identity, runtime, messenger);
    }

    @Override
    public Member self() {
        return selfSnapshot;
    }

    @Override
    public List<MemberView> members() {
        return snapshot;
    }

    /** What an operator must mend, such as a second node of this name; empty when all is well. Any thread. */
    public List<String> problems() {
        return List.copyOf(problems.values());
    }

    @Override
    public Optional<MemberView> member(NodeId node) {
        return isSelf(node) ? Optional.of(selfView()) : peers.view(node, now());
    }

    @Override
    public MemberStatus statusOf(NodeId node) {
        return isSelf(node) ? MemberStatus.UP : peers.statusOf(node);
    }

    @Override
    public void announceRing(long epoch, long hash) {
        self.announceRing(epoch, hash);
        publish();
    }

    @Override
    public Cancellable listen(MembershipListener listener) {
        // Of its own, so that one listener added twice is taken out once a cancel.
        MembershipListener added = listener::onChange;
        listeners.add(added);
        return () -> listeners.remove(added);
    }

    /** Sends nothing more and forgets its listeners; a second call does nothing. On the loop. */
    @Override
    public void close() {
        closed = true;
        timer.cancel();
        listening.cancel();
        listeners.clear();
    }

    private void scheduleRound(long delayNanos) {
        nextRoundNanos = now() + delayNanos;
        timer = runtime.loop().schedule(delayNanos, this::round);
    }

    private void round() {
        long now = now();
        forgiveOwnPause(now);
        // Before anything that may fail: a node without rounds would look dead for ever.
        scheduleRound(jittered(config.intervalNanos()));
        peers.judgeAll(now);
        self.beat();
        Gossip gossip = new Gossip(false, known(member -> true));
        Set<Endpoint> living = peers.endpoints(false);
        for (Endpoint target : targets.choose(living, silent(living))) {
            messenger.send(target, gossip);
        }
        self.rival().ifPresent(endpoint -> messenger.send(endpoint, gossip));
        publish();
    }

    /** A tenth more or less, which keeps the nodes out of step. */
    private long jittered(long nanos) {
        int micros = (int) (nanos / 5_000);
        return nanos - nanos / 10 + runtime.random().nextInt(micros) * 1_000L;
    }

    private void forgiveOwnPause(long now) {
        long late = now - nextRoundNanos;
        if (late > config.pauseLimitNanos()) {
            LOG.warn("This node was paused for {} ms, and counts no silence of that time", late / 1_000_000);
            peers.forgive(late, now);
            nextRoundNanos = now;
        }
    }

    private void onMessage(Sender from, Message message) {
        if (message.verb() != Verb.GOSSIP) {
            throw new IllegalArgumentException("gossip was listened for, and " + message.verb() + " came");
        }
        Gossip gossip = (Gossip) message;
        if (from.endpoint().equals(messenger.local())) {
            return;
        }
        long now = now();
        forgiveOwnPause(now);
        for (Member state : gossip.members()) {
            learn(from, state, now);
        }
        if (!gossip.answer()) {
            messenger.send(from.endpoint(), new Gossip(true, betterThan(gossip.members())));
        }
        if (changed) {
            publish();
        }
    }

    private void learn(Sender from, Member state, long now) {
        if (!isCounter(state.generation()) || !isCounter(state.heartbeat())) {
            report(
                    "damaged",
                    "a state of " + state.node() + " from " + from.endpoint() + " has generation " + state.generation()
                            + " and heartbeat " + state.heartbeat() + "; restart that node");
            return;
        }
        // Most of what a gossip tells.
        if (peers.isOld(state)) {
            return;
        }
        boolean fromItself = from.node().equals(state.node()) && from.endpoint().equals(state.endpoint());
        if (isSelf(state.node())) {
            self.observe(state, fromItself).ifPresent(problem -> report("duplicate", problem));
        } else if (!peers.learn(state, fromItself, now)) {
            report(
                    "full",
                    "there are " + Gossip.MAX_MEMBERS + " members, and " + state.node() + " at " + state.endpoint()
                            + " is one too many; it is not heard");
        }
    }

    private static boolean isCounter(long value) {
        return value >= 0 && value <= MAX_COUNTER;
    }

    /** Keeps the first report of each kind, and logs it. */
    private void report(String kind, String problem) {
        if (!problems.containsKey(kind)) {
            Map<String, String> more = new TreeMap<>(problems);
            more.put(kind, problem);
            problems = Collections.unmodifiableMap(more);
            LOG.error("Membership: {}", problem);
        }
    }

    /** Also what differs in more than time: so two nodes of one name hear of each other though they keep in step. */
    private List<Member> betterThan(List<Member> told) {
        Map<NodeId, Member> theirs = new HashMap<>(2 * told.size());
        told.forEach(member -> theirs.put(member.node(), member));
        return known(member -> {
            Member their = theirs.get(member.node());
            return their == null || member != their && isBetter(member, their);
        });
    }

    private static boolean isBetter(Member member, Member their) {
        return member.isLaterThan(their)
                || member.storeId() != their.storeId()
                || !member.endpoint().equals(their.endpoint());
    }

    private List<Member> known(Predicate<Member> condition) {
        List<Member> known = new ArrayList<>();
        known.add(self.member());
        known.addAll(peers.members(condition));
        return known;
    }

    private Set<Endpoint> silent(Set<Endpoint> living) {
        Set<Endpoint> silent = peers.endpoints(true);
        seeds.stream().filter(seed -> !living.contains(seed)).forEach(silent::add);
        silent.remove(messenger.local());
        return silent;
    }

    private void noteChange(MemberView view) {
        changed = true;
        LOG.info(
                "Member {} at {} is {}, silent for {} ms, generation {}",
                view.member().node(),
                view.member().endpoint(),
                view.status(),
                view.silentMillis(),
                view.member().generation());
        for (MembershipListener listener : listeners) {
            runtime.loop().execute(() -> {
                if (!closed && listeners.contains(listener)) {
                    listener.onChange(view);
                }
            });
        }
    }

    private void publish() {
        changed = false;
        selfSnapshot = self.member();
        List<MemberView> all = new ArrayList<>(peers.views(now()));
        all.add(selfView());
        all.sort((a, b) -> a.member().node().compareTo(b.member().node()));
        snapshot = List.copyOf(all);
    }

    private MemberView selfView() {
        return new MemberView(self.member(), MemberStatus.UP, 0);
    }

    private boolean isSelf(NodeId node) {
        return self.member().node().equals(node);
    }

    private long now() {
        return runtime.time().nanos();
    }
}
