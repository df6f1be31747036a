package io.annulus.transport.aeron;

import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.MessageHandler;
import io.annulus.api.runtime.Sender;
import io.annulus.transport.TransportCounter;
import io.annulus.transport.TransportStats;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Who takes the messages of each verb. Listeners come and go on any thread; delivery is on the loop. */
final class Handlers {

    /** One slot a verb, written by whoever listens, read by the loop. */
    private final AtomicReferenceArray<MessageHandler> byVerb = new AtomicReferenceArray<>(Verb.values().length);

    private final TransportStats stats;
    private final FaultLog faults;

    Handlers(TransportStats stats, FaultLog faults) {
        this.stats = stats;
        this.faults = faults;
    }

    Cancellable listen(Set<Verb> verbs, MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        Set<Verb> taken = EnumSet.noneOf(Verb.class);
        for (Verb verb : verbs) {
            if (!byVerb.compareAndSet(verb.ordinal(), null, handler)) {
                release(taken, handler);
                throw new IllegalStateException("verb " + verb + " has a handler already; cancel that one first");
            }
            taken.add(verb);
        }
        return () -> release(taken, handler);
    }

    private void release(Set<Verb> verbs, MessageHandler handler) {
        for (Verb verb : verbs) {
            byVerb.compareAndSet(verb.ordinal(), handler, null);
        }
    }

    /** Delivers a message and counts it; what the handler throws ends here. */
    void deliver(Sender from, Message message, TransportCounter counter) {
        MessageHandler handler = byVerb.get(message.verb().ordinal());
        if (handler == null) {
            stats.count(TransportCounter.DROPPED_NO_HANDLER);
            return;
        }
        stats.count(counter);
        try {
            handler.onMessage(from, message);
        } catch (RuntimeException e) {
            stats.count(TransportCounter.HANDLER_FAILURES);
            faults.failed("Handler of " + message.verb() + " failed on a message of " + from.node(), e);
        }
    }
}
