package io.annulus.api.runtime;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends messages to nodes, best effort: no callback, no timeout, no retry; request ids and deadlines belong to the
 * coordinators. Used on the event loop only.
 */
@ProviderType
public interface Messenger {

    /**
     * Sends one message. A message to the node itself is delivered too, at a later turn of the loop.
     *
     * @return false when it was certainly not sent (the queue to that node is full, the message is too large, the
     *     messenger is closed); true promises nothing
     */
    boolean send(Endpoint to, Message message);

    /**
     * Delivers the messages of some verbs to a handler, until it is cancelled.
     *
     * @throws IllegalStateException when a verb has a handler already
     */
    Cancellable listen(Set<Verb> verbs, MessageHandler handler);

    /** Where this node is reached. */
    Endpoint local();
}
