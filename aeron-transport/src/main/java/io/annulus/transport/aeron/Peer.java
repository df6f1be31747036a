package io.annulus.transport.aeron;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.exceptions.RegistrationException;
import io.annulus.api.cluster.Endpoint;
import io.annulus.transport.TransportCounter;
import io.annulus.transport.TransportStats;
import io.annulus.transport.frame.FrameWriter;
import io.annulus.transport.frame.Outgoing;
import io.annulus.transport.frame.OutgoingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way to one peer: a publication, opened without waiting for it, and a queue for what it does not take at once. Loop
 * only.
 */
final class Peer {

    private static final long NONE = Aeron.NULL_VALUE;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int BATCH = 64;

    /** What all peers of a messenger share. */
    record Shared(
            EmbeddedAeron aeron,
            FrameWriter writer,
            TransportStats stats,
            FaultLog faults,
            int largestOffer,
            long queueNanos) {}

    private final Endpoint endpoint;
    private final Shared shared;
    private final OutgoingQueue queue;
    private final byte[] partHeader = new byte[FrameWriter.PART_HEADER_BYTES];
    private final UnsafeBuffer header = new UnsafeBuffer(partHeader);
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private ExclusivePublication publication;
    private long registrationId = NONE;
    private long retryNanos;
    private long usedNanos;
    private long frames;

    Peer(Endpoint endpoint, Shared shared, OutgoingQueue queue, long nowNanos) {
        this.endpoint = endpoint;
        this.shared = shared;
        this.queue = queue;
        this.usedNanos = nowNanos;
        this.retryNanos = nowNanos;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Whether the address failed a moment ago. */
    boolean isShunned(long nowNanos) {
        return publication == null && registrationId == NONE && retryNanos - nowNanos > 0;
    }

    /** Whether a message may go past the queue or has room in it; peers that are down fill no other peer's way. */
    boolean mayTake(long bytes, boolean isControl) {
        return publication != null && queue.mayPass(isControl) || queue.hasRoom(bytes);
    }

    /** Sends a frame or queues a copy of it; false when there is no room. */
    boolean send(DirectBuffer frame, int length, boolean isControl, long nowNanos) {
        usedNanos = nowNanos;
        boolean cut = length > shared.largestOffer;
        if (!cut && publication != null && queue.mayPass(isControl) && offered(publication.offer(frame, 0, length))) {
            countSent(length);
            return true;
        }
        if (!queue.hasRoom(length)) {
            return false;
        }
        byte[] copy = new byte[length];
        frame.getBytes(0, copy);
        queue.add(new Outgoing(copy, ++frames, cut, nowNanos), isControl);
        return true;
    }

    /** Opens the publication when it is not, sends what waits, drops what has waited for too long. */
    int poll(long nowNanos) {
        if (queue.isEmpty() && registrationId == NONE) {
            return 0;
        }
        int work = 0;
        if (publication == null) {
            connect(nowNanos);
        }
        while (publication != null && work < BATCH && !queue.isEmpty() && push(queue.next())) {
            work++;
        }
        dropped(queue.expire(nowNanos, shared.queueNanos), "the peer took nothing for too long");
        return work;
    }

    private void connect(long nowNanos) {
        if (registrationId == NONE) {
            if (retryNanos - nowNanos <= 0) {
                retryNanos = nowNanos + RETRY_NANOS;
                registrationId = shared.aeron
                        .client()
                        .asyncAddExclusivePublication(shared.aeron.channelTo(endpoint), EmbeddedAeron.STREAM_ID);
            }
            return;
        }
        try {
            publication = shared.aeron.client().getExclusivePublication(registrationId);
            if (publication != null) {
                registrationId = NONE;
            }
        } catch (RegistrationException e) {
            registrationId = NONE;
            retryNanos = nowNanos + RETRY_NANOS;
            dropped(queue.clear(), e.getMessage());
        }
    }

    /** Offers a frame, or the next part of it; false when Aeron takes nothing now. */
    private boolean push(Outgoing outgoing) {
        byte[] frame = outgoing.frame();
        int size = frame.length;
        long result;
        if (outgoing.isCut()) {
            size = Math.min(frame.length - outgoing.sent(), shared.largestOffer - partHeader.length);
            shared.writer.writePartHeader(partHeader, outgoing.frameId(), frame.length, outgoing.sent());
            body.wrap(frame, outgoing.sent(), size);
            result = publication.offer(header, 0, partHeader.length, body, 0, size);
        } else {
            body.wrap(frame);
            result = publication.offer(body, 0, size);
        }
        if (!offered(result)) {
            return false;
        }
        outgoing.advance(size);
        if (outgoing.isDone()) {
            queue.remove(outgoing);
            countSent(frame.length);
        }
        return true;
    }

    private boolean offered(long result) {
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            closePublication();
        }
        return result > 0;
    }

    private void countSent(int length) {
        shared.stats.count(TransportCounter.FRAMES_SENT);
        shared.stats.add(TransportCounter.BYTES_SENT, length);
    }

    private void dropped(int messages, String why) {
        if (messages > 0) {
            shared.stats.add(TransportCounter.DROPPED_UNREACHABLE, messages);
            shared.faults.dropped(messages + " for " + endpoint + ": " + why);
        }
    }

    /** Whether nothing was sent for so long, and nothing waits. */
    boolean isIdle(long nowNanos, long idleNanos) {
        return queue.isEmpty() && registrationId == NONE && nowNanos - usedNanos > idleNanos;
    }

    private void closePublication() {
        publication.close();
        publication = null;
    }

    void close() {
        queue.clear();
        if (publication != null) {
            closePublication();
        }
    }
}
