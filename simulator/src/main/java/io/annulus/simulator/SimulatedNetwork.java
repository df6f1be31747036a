package io.annulus.simulator;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Sender;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * The network between the nodes. Cuts are one-way and hold for what is under way as well. A message to a node that crashed
 * after it was sent is lost, even when the node is back. Messages pass by reference; one that is changed after it was sent
 * ends the run.
 */
public final class SimulatedNetwork {

    private final SimulatedWorld world;
    private final SimulatedRandom random;
    private final Map<Endpoint, SimulatedNode> nodes = new HashMap<>();
    private final Map<SimulatedNode, Map<SimulatedNode, SimulatedLink>> links = new HashMap<>();
    private final ContentReader contents = new ContentReader();
    private Message lastSent;
    private Content lastContent;
    private NetworkSettings settings = NetworkSettings.CALM;
    private BiPredicate<Sender, Message> filter = (from, message) -> true;
    private long delivered;
    private long lost;

    SimulatedNetwork(SimulatedWorld world, SimulatedRandom random) {
        this.world = world;
        this.random = random;
    }

    /** Changes how messages are treated that are sent from now on; they may overtake those sent before. */
    public void set(NetworkSettings newSettings) {
        settings = Objects.requireNonNull(newSettings, "settings");
    }

    /** How messages are treated on links that are not altered. */
    public NetworkSettings settings() {
        return settings;
    }

    /**
     * Changes how messages from one node to another, sent from now on, are treated: a slow, thin or lossy link. Several changes
     * of a link add up, in their order.
     *
     * @return takes this change back, and no other
     */
    public Cancellable alter(SimulatedNode from, SimulatedNode to, UnaryOperator<NetworkSettings> change) {
        SimulatedLink link = link(from, to);
        Object claim = new Object();
        link.alter(claim, change);
        return () -> link.restore(claim);
    }

    /**
     * Drops messages under way from one node to another, and all that follow, until healed.
     *
     * @return takes this cut back; a way is open again when all cuts of it are taken back
     */
    public Cancellable cut(SimulatedNode from, SimulatedNode to) {
        return cut(List.of(link(from, to)));
    }

    /**
     * Cuts both ways between each node of one side and each of the other.
     *
     * @return takes these cuts back, and no others
     */
    public Cancellable partition(Collection<SimulatedNode> side, Collection<SimulatedNode> other) {
        List<SimulatedLink> ways = new ArrayList<>();
        for (SimulatedNode a : side) {
            for (SimulatedNode b : other) {
                ways.add(link(a, b));
                ways.add(link(b, a));
            }
        }
        return cut(ways);
    }

    /**
     * Cuts a node off from all others, both ways.
     *
     * @return takes these cuts back, and no others
     */
    public Cancellable isolate(SimulatedNode node) {
        List<SimulatedNode> others =
                world.nodes().stream().filter(other -> other != node).toList();
        return partition(List.of(node), others);
    }

    private static Cancellable cut(List<SimulatedLink> ways) {
        Object claim = new Object();
        ways.forEach(way -> way.cut(claim));
        return () -> ways.forEach(way -> way.mend(claim));
    }

    /** Mends all cuts. */
    public void heal() {
        links.values().forEach(ways -> ways.values().forEach(SimulatedLink::mend));
    }

    /** Delivers only messages that a predicate of the sender and the message accepts; the rest is lost. */
    public void deliverOnly(BiPredicate<Sender, Message> accepted) {
        filter = Objects.requireNonNull(accepted, "accepted");
    }

    /** Messages handed to a handler so far. */
    public long delivered() {
        return delivered;
    }

    /** Messages lost so far, copies included. */
    public long lost() {
        return lost;
    }

    /** @throws IllegalStateException when another node that runs has its endpoint */
    void attach(SimulatedNode node) {
        Endpoint endpoint = node.settings().endpoint();
        SimulatedNode before = nodes.get(endpoint);
        if (before != null && before != node && before.isRunning()) {
            throw new IllegalStateException("endpoint " + endpoint + " of " + node + " is in use by " + before
                    + "; stop that first, or take another endpoint");
        }
        nodes.put(endpoint, node);
    }

    boolean send(SimulatedMessenger from, Endpoint to, Message message) {
        SimulatedNode target = nodes.get(to);
        if (target == null || !target.isRunning()) {
            lost++;
            world.trace("nobody at " + to, from.node(), message.verb().ordinal());
            return true;
        }
        SimulatedLink link = link(from.node(), target);
        NetworkSettings now = link.settings(settings);
        Content content = contentOf(message);
        boolean self = target.messenger() == from;
        if (!self && !link.accepts(now, content.bytes(), world.nanos())) {
            return false;
        }
        int copies = self || !random.perMillion(now.duplicatePerMillion()) ? 1 : 2;
        for (int i = 0; i < copies; i++) {
            if (!self && random.perMillion(now.lossPerMillion())) {
                lost++;
            } else {
                depart(link, self, now, new Parcel(from.sender(), target.messenger(), link.state(), message, content));
            }
        }
        return true;
    }

    /** A message under way. */
    private record Parcel(
            Sender from, SimulatedMessenger receiver, long stateOfLink, Message message, Content content) {}

    private void depart(SimulatedLink link, boolean self, NetworkSettings now, Parcel parcel) {
        long nanos = world.nanos();
        long arrival = self ? nanos : link.depart(now, parcel.content().bytes(), nanos, random);
        world.queue().add(arrival - nanos, Event.Place.WORLD, null, "arrival", () -> {
            if (!self) {
                link.arrived();
            }
            arrive(link, parcel);
        });
    }

    private void arrive(SimulatedLink link, Parcel parcel) {
        Message message = parcel.message();
        Content content = parcel.content();
        long hash = content.hash();
        if (!link.wasOpenSince(parcel.stateOfLink()) || !filter.test(parcel.from(), message)) {
            lost++;
            world.trace("lost to a cut", link, hash);
            return;
        }
        if (!parcel.receiver().isRunning()) {
            lost++;
            world.trace("lost to a crash", link, hash);
            return;
        }
        if (!content.fixed() && contents.read((Record) message).hash() != hash) {
            throw new IllegalStateException(
                    message.verb() + " from " + parcel.from().node() + " was changed after it was sent: " + message);
        }
        world.trace(message.verb().name(), link, hash);
        delivered++;
        parcel.receiver().deliver(parcel.from(), message);
    }

    /** What is told to several nodes, as gossip is, is sent to one after the other. */
    private Content contentOf(Message message) {
        if (message != lastSent || !lastContent.fixed()) {
            lastSent = message;
            lastContent = contents.read((Record) message);
        }
        return lastContent;
    }

    private SimulatedLink link(SimulatedNode from, SimulatedNode to) {
        return links.computeIfAbsent(from, ignored -> new HashMap<>())
                .computeIfAbsent(to, ignored -> new SimulatedLink(from, to));
    }
}
