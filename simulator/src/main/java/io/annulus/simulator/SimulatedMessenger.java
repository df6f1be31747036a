package io.annulus.simulator;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.MessageHandler;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.Sender;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The messenger of one life of a node. */
public final class SimulatedMessenger implements Messenger {

    private final SimulatedWorld world;
    private final SimulatedLoop loop;
    private final Sender sender;
    private final Map<Verb, MessageHandler> handlers = new EnumMap<>(Verb.class);

    SimulatedMessenger(SimulatedWorld world, SimulatedLoop loop, Sender sender) {
        this.world = world;
        this.loop = loop;
        this.sender = sender;
    }

    @Override
    public boolean send(Endpoint to, Message message) {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(message, "message");
        loop.requireOnLoop("send");
        return loop.isRunning() && world.network().send(this, to, message);
    }

    @Override
    public Cancellable listen(Set<Verb> verbs, MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        for (Verb verb : verbs) {
            if (handlers.containsKey(verb)) {
                throw new IllegalStateException(verb + " has a handler already; cancel that one first");
            }
        }
        verbs.forEach(verb -> handlers.put(verb, handler));
        return () -> verbs.forEach(verb -> handlers.remove(verb, handler));
    }

    @Override
    public Endpoint local() {
        return sender.endpoint();
    }

    boolean isRunning() {
        return loop.isRunning();
    }

    SimulatedNode node() {
        return loop.node();
    }

    Sender sender() {
        return sender;
    }

    void deliver(Sender from, Message message) {
        world.queue().add(0, Event.Place.LOOP, loop, "message", () -> {
            MessageHandler handler = handlers.get(message.verb());
            if (handler == null) {
                world.trace("no handler for " + message.verb(), sender.node(), 0);
            } else {
                handler.onMessage(from, message);
            }
        });
    }
}
