package io.annulus.api.runtime;

import io.annulus.api.message.Message;

/** Takes the messages of one or more verbs; called on the event loop. */
@FunctionalInterface
public interface MessageHandler {

    /** Handles one message, without blocking. */
    void onMessage(Sender from, Message message);
}
