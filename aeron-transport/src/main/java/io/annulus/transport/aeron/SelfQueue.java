package io.annulus.transport.aeron;

import io.annulus.api.message.Message;
import io.annulus.api.runtime.Sender;
import io.annulus.transport.TransportCounter;
import io.annulus.transport.codec.MessageSize;
import java.util.ArrayDeque;

/** Messages of the node to itself: they skip the wire, and wait for a later turn of the loop like all others. Loop only. */
final class SelfQueue {

    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final Sender self;
    private final int maxMessages;
    private final long maxBytes;
    private long bytes;

    SelfQueue(Sender self, int maxMessages, long maxBytes) {
        this.self = self;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    boolean offer(Message message) {
        long size = MessageSize.estimate(message);
        if (messages.size() >= maxMessages || size > maxBytes - bytes) {
            return false;
        }
        bytes += size;
        return messages.add(message);
    }

    /** Delivers what waits now; what handlers send meanwhile waits for the next turn. */
    int deliver(Handlers handlers, int most) {
        int count = Math.min(messages.size(), most);
        for (int i = 0; i < count; i++) {
            Message message = messages.remove();
            bytes -= MessageSize.estimate(message);
            handlers.deliver(self, message, TransportCounter.SELF_DELIVERED);
        }
        return count;
    }
}
