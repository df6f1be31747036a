package io.annulus.replication;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.MessageHandler;
import io.annulus.api.runtime.Messenger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Notes what is sent, and can refuse to send. */
final class TestMessenger implements Messenger {

    private final Messenger real;
    private final List<Message> sent = new ArrayList<>();
    private Predicate<Endpoint> refuses = to -> false;

    TestMessenger(Messenger real) {
        this.real = real;
    }

    void refuse(Predicate<Endpoint> to) {
        refuses = to;
    }

    <M extends Message> List<M> sent(Class<M> kind) {
        return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public boolean send(Endpoint to, Message message) {
        if (refuses.test(to)) {
            return false;
        }
        sent.add(message);
        return real.send(to, message);
    }

    @Override
    public Cancellable listen(Set<Verb> verbs, MessageHandler handler) {
        return real.listen(verbs, handler);
    }

    @Override
    public Endpoint local() {
        return real.local();
    }
}
