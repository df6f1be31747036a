package io.annulus.simulator;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.runtime.Sender;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

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

    /** How messages are treated on links without settings of their own. */
    public NetworkSettings settings() {
        return settings;
    }

    /** Treats messages from one node to another, sent from now on, in a way of their own: a slow, thin or lossy link. */
    public void set(SimulatedNode from, SimulatedNode to, NetworkSettings ofLink) {
        link(from, to).set(Optional.of(ofLink));
    }

    /** Treats messages from one node to another as those of all others again. */
    public void reset(SimulatedNode from, SimulatedNode to) {
        link(from, to).set(Optional.empty());
    }

    /** Drops messages under way from one node to another, and all that follow, until healed. */
    public void cut(SimulatedNode from, SimulatedNode to) {
        link(from, to).setCut(true);
    }

    /** Cuts both ways between each node of one side and each of the other. */
    public void partition(Collection<SimulatedNode> side, Collection<SimulatedNode> other) {
        setCut(side, other, true);
    }

    /** Cuts a node off from all others, both ways. */
    public void isolate(SimulatedNode node) {
        List<SimulatedNode> others =
                world.nodes().stream().filter(other -> other != node).toList();
        partition(List.of(node), others);
    }

    /** Mends one direction. */
    public void heal(SimulatedNode from, SimulatedNode to) {
        link(from, to).setCut(false);
    }

    /** Mends both ways between each node of one side and each of the other. */
    public void heal(Collection<SimulatedNode> side, Collection<SimulatedNode> other) {
        setCut(side, other, false);
    }

    /** Mends all cuts from and to a node. */
    public void rejoin(SimulatedNode node) {
        forEachLink(link -> {
            if (link.touches(node)) {
                link.setCut(false);
            }
        });
    }

    /** Mends all cuts. */
    public void heal() {
        forEachLink(link -> link.setCut(false));
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
                depart(link, self, now, new Parcel(from.sender(), target.messenger(), message, content));
            }
        }
        return true;
    }

    /** A message under way. */
    private record Parcel(Sender from, SimulatedMessenger receiver, Message message, Content content) {}

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
        if (link.isCut() || !filter.test(parcel.from(), message)) {
            lost++;
            world.trace("lost to a cut", link, hash);
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

    private void setCut(Collection<SimulatedNode> side, Collection<SimulatedNode> other, boolean isCut) {
        for (SimulatedNode a : side) {
            for (SimulatedNode b : other) {
                link(a, b).setCut(isCut);
                link(b, a).setCut(isCut);
            }
        }
    }

    private SimulatedLink link(SimulatedNode from, SimulatedNode to) {
        return links.computeIfAbsent(from, ignored -> new HashMap<>())
                .computeIfAbsent(to, ignored -> new SimulatedLink(from, to));
    }

    private void forEachLink(Consumer<SimulatedLink> action) {
        links.values().forEach(ways -> ways.values().forEach(action));
    }
}
