package io.annulus.itests.mutants;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.MessageHandler;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.Sender;
import java.util.Set;

/** A messenger that passes everything on; bugs override what they change. */
abstract class ForwardingMessenger implements Messenger {

    private final Messenger real;

    ForwardingMessenger(Messenger real) {
        this.real = real;
    }

    @Override
    public boolean send(Endpoint to, Message message) {
        return real.send(to, message);
    }

    @Override
    public final Cancellable listen(Set<Verb> verbs, MessageHandler handler) {
        return real.listen(verbs, (from, message) -> received(from, message, handler));
    }

    @Override
    public final Endpoint local() {
        return real.local();
    }

    /** Takes a message that arrived. */
    void received(Sender from, Message message, MessageHandler handler) {
        handler.onMessage(from, message);
    }
}
