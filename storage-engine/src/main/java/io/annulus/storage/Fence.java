package io.annulus.storage;

import io.annulus.api.storage.StorageFencedException;
import io.annulus.storage.file.Directory;
import io.annulus.storage.identity.SyncMark;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closes the write path for ever once a write or sync failed: after a failed sync nobody knows what the disk holds, and a
 * second sync may well succeed without having written anything. Any thread raises it, all read it.
 */
final class Fence {

    private final AtomicReference<Throwable> cause = new AtomicReference<>();
    private final EngineEvents events;
    private final Directory root;

    Fence(EngineEvents events, Directory root) {
        this.events = events;
        this.root = root;
    }

    /** Closes the write path; only the first cause is kept. */
    void raise(Throwable why) {
        if (cause.compareAndSet(null, why)) {
            SyncMark.takeAway(root, why);
            events.fenced(why);
        }
    }

    boolean isRaised() {
        return cause.get() != null;
    }

    /** What to answer writes with; empty while the path is open. */
    Optional<StorageFencedException> refusal() {
        Throwable why = cause.get();
        return why == null
                ? Optional.empty()
                : Optional.of(new StorageFencedException(
                        "storage takes no writes since a write to disk failed (" + why
                                + "); check the disk and restart the node",
                        why));
    }
}
