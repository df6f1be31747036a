package io.annulus.itests.mutants;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.CoordinateRequest;
import io.annulus.api.message.Message;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.runtime.HybridClock;
import io.annulus.api.runtime.MessageHandler;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.Sender;
import io.annulus.api.storage.Durability;
import io.annulus.api.version.Versioning;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import io.annulus.versioning.RecordVersioning;
import java.util.HashSet;
import java.util.Set;

/** Bugs of a node that handles the requests of others, made in what it receives and sends. */
final class ReplicaBugs {

    private ReplicaBugs() {}

    /** A replica reports each write as done, refused and failed ones too. */
    static Seams refusedAsDone() {
        return Wrapped.messenger((node, real) -> new ForwardingMessenger(real) {
            @Override
            public boolean send(Endpoint to, Message message) {
                return super.send(to, message instanceof WriteReply reply ? done(reply.requestId()) : message);
            }
        });
    }

    /** A replica acknowledges a write when it arrives, and has it stored some time later. */
    static Seams ackBeforeStore() {
        return Wrapped.messenger(EarlyReply::new);
    }

    /** A replica takes a record that is some seconds old for old news: acknowledged, and dropped. */
    static Seams lateDropped() {
        return Wrapped.messenger(LateDropped::new);
    }

    /** A doubled request to coordinate a write is coordinated twice. */
    static Seams coordinatedTwice() {
        return Wrapped.messenger((node, real) -> new CoordinatedTwice(real));
    }

    private static WriteReply done(long requestId) {
        return new WriteReply(requestId, ReplicaStatus.DONE, Durability.SYNCED);
    }

    private static final class EarlyReply extends ForwardingMessenger {

        private static final long WRITE_BEHIND_NANOS = 100_000_000L;

        private final SimulatedNode node;

        EarlyReply(SimulatedNode node, Messenger real) {
            super(real);
            this.node = node;
        }

        @Override
        void received(Sender from, Message message, MessageHandler handler) {
            if (message instanceof WriteRequest write) {
                super.send(from.endpoint(), done(write.requestId()));
                node.loop().schedule(WRITE_BEHIND_NANOS, () -> handler.onMessage(from, message));
            } else {
                handler.onMessage(from, message);
            }
        }
    }

    private static final class LateDropped extends ForwardingMessenger {

        private static final long TOO_OLD_MILLIS = 2_000;

        private final Versioning versioning = new RecordVersioning();
        private final SimulatedNode node;

        LateDropped(SimulatedNode node, Messenger real) {
            super(real);
            this.node = node;
        }

        @Override
        void received(Sender from, Message message, MessageHandler handler) {
            if (message instanceof WriteRequest write && isOld(write.record())) {
                send(from.endpoint(), done(write.requestId()));
            } else {
                handler.onMessage(from, message);
            }
        }

        private boolean isOld(byte[] record) {
            long written = HybridClock.millisOf(versioning.view(record).timestamp());
            return written < node.time().wallMillis() - TOO_OLD_MILLIS;
        }
    }

    private static final class CoordinatedTwice extends ForwardingMessenger {

        private final Set<Long> seen = new HashSet<>();

        CoordinatedTwice(Messenger real) {
            super(real);
        }

        /** The second copy goes under a number of its own, so that the guard against doubled ones does not know it. */
        @Override
        void received(Sender from, Message message, MessageHandler handler) {
            boolean second = message instanceof CoordinateRequest request && !seen.add(request.requestId());
            handler.onMessage(from, second ? renumbered((CoordinateRequest) message) : message);
        }

        private static CoordinateRequest renumbered(CoordinateRequest request) {
            return new CoordinateRequest(
                    ~request.requestId(),
                    request.ringEpoch(),
                    request.keyspace(),
                    request.acks(),
                    request.sloppy(),
                    request.timeoutMillis(),
                    request.expiryMillis(),
                    request.key(),
                    request.context(),
                    request.value());
        }
    }
}
