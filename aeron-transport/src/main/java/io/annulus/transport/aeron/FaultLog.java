package io.annulus.transport.aeron;

import io.annulus.api.runtime.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what goes wrong with messages, at most one line in ten seconds of each kind. Any thread. */
final class FaultLog {

    private static final Logger LOG = LoggerFactory.getLogger(AeronMessenger.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final TimeSource time;

    /** The loop and Aeron's name resolver both report; the line goes to whoever moves the time on. */
    private final AtomicLong nextDrop;

    private final AtomicLong nextFailure;

    FaultLog(TimeSource time) {
        this.time = time;
        this.nextDrop = new AtomicLong(time.nanos());
        this.nextFailure = new AtomicLong(time.nanos());
    }

    /** A message was dropped: something for the operator when it happens often. */
    void dropped(String why) {
        if (isDue(nextDrop)) {
            LOG.warn("Message dropped: {} (others of the last seconds are only counted)", why);
        }
    }

    /** Something failed that should not. */
    void failed(String what, Throwable cause) {
        if (isDue(nextFailure)) {
            LOG.error("{} (others of the last seconds are only counted)", what, cause);
        }
    }

    /** The transport is at its end. */
    void fatal(String text) {
        LOG.error("{}", text);
    }

    private boolean isDue(AtomicLong next) {
        long now = time.nanos();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + QUIET_NANOS);
    }
}
