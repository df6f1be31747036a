package io.annulus.api.storage;

import io.annulus.api.runtime.Completion;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A long piece of work of the engine, and how far it is: a flush, a compaction, a verification, a snapshot, a restore. Any
 * thread may call it. It begins running, and ends exactly once, in one of the last three states.
 */
@ProviderType
public interface Job {

    /** How a job fares. */
    enum State {
        /** It works, or waits for its turn. */
        RUNNING,
        /** It waits: it is throttled, or the disk has no room; it goes on by itself. */
        PAUSED,
        /** It did all that it was to do. */
        DONE,
        /** It gave up; {@link Job#cause} says why. */
        FAILED,
        /** It was cancelled, or the engine was closed. */
        CANCELLED;

        /** Whether the job is over. */
        public boolean isEnd() {
            return this == DONE || this == FAILED || this == CANCELLED;
        }
    }

    /** Tells jobs of one life of the engine apart, and rises with them. */
    long number();

    /** What it does and to what, as "flush" or "compaction of users". */
    String name();

    /** How it fares. */
    State state();

    /** How much is done, in {@link #unit units}; never falls. */
    long done();

    /** How much there is to do; 0 while that is not known, and may grow. */
    long total();

    /** What is counted, in the plural, as "bytes". */
    String unit();

    /** Why it failed; empty in every other state. */
    Optional<Throwable> cause();

    /** Asks it to give up. It may still end otherwise; after the end nothing happens. */
    void cancel();

    /** Takes the end: the job itself when it is done or cancelled, the cause when it failed. On the loop; at once after the end. */
    void onEnd(Completion<Job> completion);
}
