package io.annulus.transport.frame;

import io.annulus.api.message.Message;
import io.annulus.api.runtime.Sender;
import java.util.Objects;

/**
 * A frame that was read.
 *
 * @param sender who sent it, by its own account
 * @param message what it says
 */
public record Frame(Sender sender, Message message) {

    public Frame {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(message, "message");
    }
}
