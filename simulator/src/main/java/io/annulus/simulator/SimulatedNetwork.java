package io.annulus.simulator;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.Message;
import io.annulus.api.runtime.Sender;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The network between the nodes. Cuts are one-way and hold for what is under way as well. A message to a node that crashed
 * after it was sent is lost, even when the node is back. Messages pass by reference; one that is changed after it was sent
 * ends the run.
 */
public final class SimulatedNetwork {

    private record Link(NodeId from, NodeId to) {}

    /** Messages of one link that are under way, and when the last of them that keeps order arrives. */
    private static final class Traffic {
        private int inFlight;
        private long lastArrivalNanos;
    }

    private final SimulatedWorld world;
    private final SimulatedRandom random;
    private final Map<Endpoint, SimulatedNode> nodes = new HashMap<>();
    private final Map<Link, Traffic> traffic = new HashMap<>();
    private final Set<Link> cuts = new HashSet<>();
    private final Map<Link, NetworkSettings> settingsOfLinks = new HashMap<>();
    private NetworkSettings settings = NetworkSettings.CALM;
    private BiPredicate<Sender, Message> filter = (from, message) -> true;
    private long delivered;
    private long lost;

    SimulatedNetwork(SimulatedWorld world, SimulatedRandom random) {
        this.world = world;
        this.random = random;
    }

    /** Changes how messages are treated that are sent from now on. */
    public void set(NetworkSettings newSettings) {
        settings = Objects.requireNonNull(newSettings, "settings");
    }

    /** Treats messages from one node to another, sent from now on, in a way of their own: a slow or lossy link. */
    public void set(SimulatedNode from, SimulatedNode to, NetworkSettings ofLink) {
        settingsOfLinks.put(new Link(id(from), id(to)), Objects.requireNonNull(ofLink, "settings"));
    }

    /** Drops messages under way from one node to another, and all that follow, until healed. */
    public void cut(SimulatedNode from, SimulatedNode to) {
        cuts.add(new Link(id(from), id(to)));
    }

    /** Cuts both ways between each node of one side and each of the other. */
    public void partition(Collection<SimulatedNode> side, Collection<SimulatedNode> other) {
        for (SimulatedNode a : side) {
            for (SimulatedNode b : other) {
                cut(a, b);
                cut(b, a);
            }
        }
    }

    /** Cuts a node off from all others, both ways. */
    public void isolate(SimulatedNode node) {
        List<SimulatedNode> others =
                world.nodes().stream().filter(other -> other != node).toList();
        partition(List.of(node), others);
    }

    /** Mends one direction. */
    public void heal(SimulatedNode from, SimulatedNode to) {
        cuts.remove(new Link(id(from), id(to)));
    }

    /** Mends all cuts from and to a node. */
    public void rejoin(SimulatedNode node) {
        cuts.removeIf(link -> link.from().equals(id(node)) || link.to().equals(id(node)));
    }

    /** Mends all cuts. */
    public void heal() {
        cuts.clear();
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

    void attach(SimulatedNode node) {
        SimulatedNode before = nodes.put(node.settings().endpoint(), node);
        if (before != null && before != node && before.isRunning()) {
            throw new IllegalStateException(
                    "endpoint " + node.settings().endpoint() + " of " + node + " is in use by " + before);
        }
    }

    boolean send(SimulatedMessenger from, Endpoint to, Message message) {
        SimulatedNode target = nodes.get(to);
        if (target == null || !target.isRunning()) {
            lost++;
            world.trace("nobody at " + to, from.sender().node(), message.verb().ordinal());
            return true;
        }
        Link link = new Link(from.sender().node(), id(target));
        Traffic under = traffic.computeIfAbsent(link, ignored -> new Traffic());
        NetworkSettings now = settingsOfLinks.getOrDefault(link, settings);
        if (under.inFlight >= now.maxInFlight()) {
            return false;
        }
        boolean self = target.messenger() == from;
        int copies = self || !random.perMillion(now.duplicatePerMillion()) ? 1 : 2;
        long content = StructuralHash.of(message);
        for (int i = 0; i < copies; i++) {
            if (!self && random.perMillion(now.lossPerMillion())) {
                lost++;
                continue;
            }
            under.inFlight++;
            SimulatedMessenger receiver = target.messenger();
            world.queue().add(self ? 0 : delay(under, now), Event.Place.WORLD, null, "arrival", () -> {
                under.inFlight--;
                arrive(link, from.sender(), receiver, message, content);
            });
        }
        return true;
    }

    private long delay(Traffic under, NetworkSettings now) {
        long latency = random.between(now.minLatencyNanos(), now.maxLatencyNanos());
        if (random.perMillion(now.reorderPerMillion())) {
            return latency * random.between(1, 10);
        }
        under.lastArrivalNanos = Math.max(under.lastArrivalNanos, world.nanos() + latency);
        return under.lastArrivalNanos - world.nanos();
    }

    private void arrive(Link link, Sender from, SimulatedMessenger receiver, Message message, long content) {
        if (cuts.contains(link) || !filter.test(from, message)) {
            lost++;
            world.trace("lost to a cut", link, content);
            return;
        }
        if (StructuralHash.of(message) != content) {
            throw new IllegalStateException(
                    message.verb() + " from " + from.node() + " was changed after it was sent: " + message);
        }
        world.trace(message.verb().name(), link, content);
        delivered++;
        receiver.deliver(from, message);
    }

    private static NodeId id(SimulatedNode node) {
        return node.settings().node();
    }
}
