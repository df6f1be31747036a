package io.annulus.transport.aeron;

import io.aeron.FragmentAssembler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.MessageHandler;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.Sender;
import io.annulus.api.runtime.TimeSource;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.TransportConfig;
import io.annulus.transport.TransportCounter;
import io.annulus.transport.TransportStats;
import io.annulus.transport.codec.MessageSize;
import io.annulus.transport.frame.DroppedFrameException;
import io.annulus.transport.frame.Frame;
import io.annulus.transport.frame.FrameReader;
import io.annulus.transport.frame.FrameWriter;
import io.annulus.transport.frame.Reassembly;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * The messenger over Aeron UDP. {@link #send} belongs to the event loop, which also drives Aeron and delivers what arrives;
 * listening is for any thread. Lives from {@link #start} to {@link #close}, both on any thread but not inside a handler.
 */
public final class AeronMessenger implements Messenger, AutoCloseable {

    private static final int FRAGMENTS = 256;
    private static final int SELF_BATCH = 256;
    private static final int SCRATCH_BYTES = 4 << 10;
    private static final int KEPT_SCRATCH_BYTES = 1 << 20;
    private static final long CLOSE_SECONDS = 5;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long INCOMPLETE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final TransportConfig config;
    private final NodeIdentity identity;
    private final TimeSource time;
    private final TransportStats stats = new TransportStats();
    private final FaultLog faults;
    private final Handlers handlers;
    private final FrameWriter writer;
    private final FrameReader reader;
    private final Reassembly reassembly;
    private final FragmentAssembler assembler = new FragmentAssembler(this::onAeronMessage);
    private final SelfQueue self;
    private final EmbeddedAeron aeron;
    private final Peers peers;

    /** Held by the loop while it polls or sends and by the thread that closes; the loop never waits for it. */
    private final ReentrantLock turn = new ReentrantLock();

    private Cancellable polling = () -> {};
    private ExpandableArrayBuffer outgoing = new ExpandableArrayBuffer(SCRATCH_BYTES);
    private byte[] incoming = new byte[SCRATCH_BYTES];
    private boolean closed;
    private boolean failed;
    private boolean sending;
    private long tickNanos;

    private AeronMessenger(TransportConfig config, NodeIdentity identity, TimeSource time) throws IOException {
        this.config = Objects.requireNonNull(config, "config");
        this.identity = Objects.requireNonNull(identity, "identity");
        this.time = Objects.requireNonNull(time, "time");
        faults = new FaultLog(time);
        handlers = new Handlers(stats, faults);
        writer = new FrameWriter(config.clusterName(), identity);
        reader = new FrameReader(config.clusterName());
        reassembly = new Reassembly(
                config.clusterName(), config.maxMessageBytes(), config.totalBytes(), INCOMPLETE_NANOS, stats);
        Sender sender = new Sender(identity.node(), identity.storeId(), identity.endpoint());
        self = new SelfQueue(sender, config.peerQueueMessages(), config.peerQueueBytes());
        tickNanos = time.nanos();
        aeron = EmbeddedAeron.open(config, identity, time, this::onAeronError, image -> onStreamEnd(image.sessionId()));
        peers = new Peers(
                new Peer.Shared(
                        aeron,
                        writer,
                        stats,
                        faults,
                        FrameDescriptor.computeMaxMessageLength(config.termLengthBytes()),
                        TimeUnit.MILLISECONDS.toNanos(config.queueMillis())),
                config);
    }

    /**
     * Binds the node's port and joins the loop. Blocks for a fraction of a second.
     *
     * @param identity where to receive, and what to say of oneself
     * @throws IllegalArgumentException when the address may not be bound
     * @throws IOException when the port or the directory for Aeron cannot be had
     */
    public static AeronMessenger start(TransportConfig config, NodeIdentity identity, EventLoop loop, TimeSource time)
            throws IOException {
        AeronMessenger messenger = new AeronMessenger(config, identity, time);
        messenger.polling = loop.addPollable(messenger::poll);
        return messenger;
    }

    @Override
    public Endpoint local() {
        return identity.endpoint();
    }

    /** What was sent, received and dropped. */
    public TransportStats stats() {
        return stats;
    }

    /** How many peers have a queue; loop only. */
    int peerCount() {
        return peers.size();
    }

    @Override
    public Cancellable listen(Set<Verb> verbs, MessageHandler handler) {
        return handlers.listen(verbs, handler);
    }

    @Override
    public boolean send(Endpoint to, Message message) {
        Objects.requireNonNull(to, "to");
        Optional<TransportCounter> refusal =
                turn.tryLock() ? trySend(to, message) : Optional.of(TransportCounter.REFUSED_CLOSED);
        refusal.ifPresent(stats::count);
        return refusal.isEmpty();
    }

    /** Sends and gives the lock back; what it returns is why the message was not sent. */
    private Optional<TransportCounter> trySend(Endpoint to, Message message) {
        try {
            if (closed || failed) {
                return Optional.of(TransportCounter.REFUSED_CLOSED);
            }
            long size = MessageSize.estimate(message);
            if (size > config.maxMessageBytes()) {
                return Optional.of(TransportCounter.REFUSED_TOO_LARGE);
            }
            sending = true;
            if (to.equals(identity.endpoint())) {
                return self.offer(message) ? Optional.empty() : Optional.of(TransportCounter.REFUSED_QUEUE_FULL);
            }
            return sendToPeer(to, message, size);
        } finally {
            turn.unlock();
        }
    }

    private Optional<TransportCounter> sendToPeer(Endpoint to, Message message, long size) {
        long now = time.nanos();
        Optional<Peer> peer = peers.at(to, now);
        if (peer.isEmpty() || peer.get().isShunned(now)) {
            return Optional.of(TransportCounter.REFUSED_NO_ROUTE);
        }
        if (!peer.get().mayTake(size, isControl(message.verb()))) {
            return Optional.of(TransportCounter.REFUSED_QUEUE_FULL);
        }
        int length;
        try {
            length = writer.write(message, outgoing);
        } catch (IllegalArgumentException e) {
            faults.failed("Message " + message.verb() + " for " + to + " does not fit the schema", e);
            return Optional.of(TransportCounter.REFUSED_TOO_LARGE);
        }
        if (length > config.maxMessageBytes()) {
            return Optional.of(TransportCounter.REFUSED_TOO_LARGE);
        }
        boolean taken = peer.get().send(outgoing, length, isControl(message.verb()), now);
        if (outgoing.capacity() > KEPT_SCRATCH_BYTES) {
            outgoing = new ExpandableArrayBuffer(SCRATCH_BYTES);
        }
        return taken ? Optional.empty() : Optional.of(TransportCounter.REFUSED_QUEUE_FULL);
    }

    /** Whether a message goes before others, lest bulk make a live node look dead or keep a ring from spreading. */
    private static boolean isControl(Verb verb) {
        return switch (verb) {
            case GOSSIP, RING_REQUEST, RING_REPLY -> true;
            case WRITE_REQUEST, WRITE_REPLY, READ_REQUEST, READ_REPLY, COORDINATE_REQUEST, COORDINATE_REPLY -> false;
        };
    }

    /** One turn of the loop. */
    private int poll() {
        if (!turn.tryLock()) {
            return 0;
        }
        try {
            return closed || failed ? 0 : pollOpen();
        } catch (RuntimeException e) {
            onAeronError(e);
            return 0;
        } finally {
            turn.unlock();
        }
    }

    private int pollOpen() {
        int work = sending ? 1 : 0;
        sending = false;
        work += aeron.work();
        if (aeron.hasFailed()) {
            failed = true;
            faults.fatal("Aeron has ended after an error; this node neither sends nor receives until the bundle"
                    + " io.annulus.transport is restarted");
            return 0;
        }
        work += aeron.subscription().poll(assembler, FRAGMENTS);
        work += self.deliver(handlers, SELF_BATCH);
        long now = time.nanos();
        work += peers.poll(now);
        if (now - tickNanos > 0) {
            tickNanos = now + TICK_NANOS;
            reassembly.expire(now);
            peers.closeIdle(now);
        }
        return work;
    }

    private void onAeronMessage(DirectBuffer buffer, int offset, int length, Header header) {
        stats.add(TransportCounter.BYTES_RECEIVED, length);
        if (length > config.maxMessageBytes()) {
            stats.count(TransportCounter.DROPPED_MALFORMED);
            return;
        }
        if (incoming.length < length) {
            incoming = new byte[length];
        }
        buffer.getBytes(offset, incoming, 0, length);
        try {
            receive(header.sessionId(), length);
        } catch (DroppedFrameException e) {
            stats.count(e.counter());
            faults.dropped(e.getMessage());
        }
    }

    private void receive(int stream, int length) throws DroppedFrameException {
        if (!reader.isPart(incoming, length)) {
            deliver(reader.read(incoming, length));
            return;
        }
        Optional<byte[]> whole = reassembly.add(stream, incoming, length, time.nanos());
        if (whole.isPresent()) {
            deliver(reader.read(whole.get(), whole.get().length));
        }
    }

    private void deliver(Frame frame) {
        handlers.deliver(frame.sender(), frame.message(), TransportCounter.FRAMES_RECEIVED);
    }

    private void onStreamEnd(int stream) {
        assembler.freeSessionBuffer(stream);
        reassembly.end(stream);
    }

    private void onAeronError(Throwable error) {
        stats.count(TransportCounter.AERON_ERRORS);
        faults.failed("Aeron failed", error);
    }

    @Override
    public void close() {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("the messenger on " + identity.endpoint() + " was closed inside a handler;"
                    + " close it from another thread or a later task");
        }
        polling.cancel();
        boolean interrupted = Thread.interrupted();
        try {
            closeUninterrupted();
        } catch (InterruptedException e) {
            interrupted = true;
            faults.failed("The messenger on " + identity.endpoint() + " was not closed", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeUninterrupted() throws InterruptedException {
        if (!turn.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            faults.fatal("The event loop has not come back from the messenger on " + identity.endpoint() + " for "
                    + CLOSE_SECONDS + " s; its port and directory stay taken until the process ends");
            return;
        }
        try {
            if (!closed) {
                closed = true;
                peers.close();
                aeron.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
