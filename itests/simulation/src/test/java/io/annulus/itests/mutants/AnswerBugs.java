package io.annulus.itests.mutants;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.runtime.MessageHandler;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.Sender;
import io.annulus.testkit.wiring.Seams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bugs of a coordinator in the matching of answers to requests, made in what it sends and receives. */
final class AnswerBugs {

    private AnswerBugs() {}

    /** An answer is taken for one to the latest request that its sender was asked. */
    static Seams matchedBySender() {
        return Wrapped.messenger((node, real) -> new MatchedBySender(real));
    }

    /** The acknowledgement of one replica counts for another one too. */
    static Seams countedTwice() {
        return Wrapped.messenger((node, real) -> new CountedTwice(real));
    }

    private static final class MatchedBySender extends ForwardingMessenger {

        private final Map<Endpoint, Long> latest = new HashMap<>();

        MatchedBySender(Messenger real) {
            super(real);
        }

        @Override
        public boolean send(Endpoint to, Message message) {
            if (message instanceof ReadRequest read) {
                latest.put(to, read.requestId());
            }
            return super.send(to, message);
        }

        @Override
        void received(Sender from, Message message, MessageHandler handler) {
            handler.onMessage(from, message instanceof ReadReply reply ? matched(from, reply) : message);
        }

        private ReadReply matched(Sender from, ReadReply reply) {
            long request = latest.getOrDefault(from.endpoint(), reply.requestId());
            return new ReadReply(request, reply.status(), reply.present(), reply.digest(), reply.record());
        }
    }

    private static final class CountedTwice extends ForwardingMessenger {

        private record Sent(Endpoint to, long requestId, byte[] record) {}

        private static final int REMEMBERED = 64;

        private final List<Sent> sent = new ArrayList<>();
        private final Map<Endpoint, Sender> senders = new HashMap<>();

        CountedTwice(Messenger real) {
            super(real);
        }

        @Override
        public boolean send(Endpoint to, Message message) {
            if (message instanceof WriteRequest write) {
                sent.add(new Sent(to, write.requestId(), write.record()));
                if (sent.size() > REMEMBERED) {
                    sent.remove(0);
                }
            }
            return super.send(to, message);
        }

        @Override
        void received(Sender from, Message message, MessageHandler handler) {
            senders.put(from.endpoint(), from);
            handler.onMessage(from, message);
            if (message instanceof WriteReply reply && reply.status() == ReplicaStatus.DONE) {
                countAgain(reply, handler);
            }
        }

        /** The requests of one write carry the very same array. */
        private void countAgain(WriteReply reply, MessageHandler handler) {
            sent.stream()
                    .filter(request -> request.requestId() == reply.requestId())
                    .findFirst()
                    .ifPresent(answered -> List.copyOf(sent).stream()
                            .filter(other -> other.record() == answered.record()
                                    && other.requestId() != answered.requestId()
                                    && senders.containsKey(other.to()))
                            .forEach(other -> handler.onMessage(
                                    senders.get(other.to()),
                                    new WriteReply(other.requestId(), reply.status(), reply.durability()))));
        }
    }
}
