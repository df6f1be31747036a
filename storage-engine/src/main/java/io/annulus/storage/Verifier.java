package io.annulus.storage;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Job;
import io.annulus.storage.job.Jobs;
import io.annulus.storage.job.RunningJob;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads all that is on the disk in slices, on the compaction thread between merges, with a rest after each slice, so that the
 * pace is kept. Where it is is a value of the node itself, so that another life goes on there.
 */
final class Verifier {

    /** Name of the value that says where it is: 8 number of the file, 4 block; empty when the last one came to its end. */
    static final String POSITION = "verify-position";

    private static final long NANOS = 1_000_000_000L;
    private static final long SLICE_BYTES = 1 << 20;

    /** A slice takes at most this part of a second's bytes, so that a slow pace is even. */
    private static final int SLICES_PER_SECOND = 10;

    private final EngineParts parts;
    private final Jobs jobs;
    private final DurableSystemStore system;
    private final VerifiedParts content;

    /** Owned by the loop. */
    private Optional<Run> current = Optional.empty();

    /** Owned by the loop. */
    private Cancellable rest = () -> {};

    /** Set by the thread that closes the engine, read by the compaction thread. */
    private volatile boolean closed;

    private record Run(RunningJob job, Verification verification, long bytesPerSecond) {}

    Verifier(EngineParts parts, Jobs jobs, DurableSystemStore system, VerifiedParts content) {
        this.parts = parts;
        this.jobs = jobs;
        this.system = system;
        this.content = content;
    }

    /** Begins, or goes on where the last one stopped; loop. */
    Job verify(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("a pace of " + bytesPerSecond + " bytes a second is below 1");
        }
        if (current.isPresent() && !current.get().job().state().isEnd()) {
            return current.get().job();
        }
        ByteBuffer position = ByteBuffer.wrap(system.read(POSITION).orElse(new byte[0]));
        boolean isKept = position.remaining() == Long.BYTES + Integer.BYTES;
        Verification verification = isKept
                ? new Verification(content, position.getLong(), position.getInt())
                : new Verification(content, 0, 0);
        Run run = new Run(jobs.begin("verification", content.bytes(), "bytes"), verification, bytesPerSecond);
        current = Optional.of(run);
        next(run);
        return run.job();
    }

    /** Lets it give up; any thread. */
    void close() {
        closed = true;
        parts.loop().execute(() -> {
            rest.cancel();
            current.filter(run -> run.job().state() == Job.State.PAUSED).ifPresent(this::giveUp);
        });
    }

    private void giveUp(Run run) {
        run.verification().release();
        run.job().cancelled();
    }

    private void next(Run run) {
        try {
            parts.threads().compaction().execute(() -> slice(run));
        } catch (RejectedExecutionException e) {
            // The engine is closed: what was kept last is where the next life goes on.
            giveUp(run);
        }
    }

    /** Compaction thread. */
    private void slice(Run run) {
        try {
            run.job().resume();
            long most = Math.min(SLICE_BYTES, Math.max(1, run.bytesPerSecond() / SLICES_PER_SECOND));
            long bytes = 0;
            long step = 1;
            while (bytes < most && step > 0 && !isGivenUp(run)) {
                step = run.verification().step();
                bytes += step;
            }
            run.job().advance(bytes);
            end(run, bytes, step == 0);
        } catch (Throwable e) {
            run.verification().release();
            run.job().failed(e);
        }
    }

    private boolean isGivenUp(Run run) {
        return closed || run.job().isCancelAsked();
    }

    private void end(Run run, long bytes, boolean isAtEnd) {
        boolean isOver = isAtEnd || isGivenUp(run);
        byte[] position = isAtEnd ? new byte[0] : run.verification().position();
        if (isOver) {
            run.verification().release();
        }
        parts.loop().execute(() -> {
            if (isOver || run.verification().isAtNewFile()) {
                keep(position);
            }
            if (!isOver && !closed) {
                run.job().pause();
                long nanos = bytes * NANOS / run.bytesPerSecond();
                rest = parts.loop().schedule(Math.max(1, nanos), () -> next(run));
            }
        });
        if (isAtEnd) {
            finish(run);
        } else if (isOver) {
            run.job().cancelled();
        }
    }

    private static void finish(Run run) {
        Optional<CorruptDataException> damage = run.verification().damage();
        if (damage.isPresent()) {
            run.job().failed(damage.get());
        } else {
            run.job().succeeded();
        }
    }

    /** A position that cannot be kept costs reading some again. */
    private void keep(byte[] position) {
        if (!closed) {
            system.write(POSITION, position, Completion.of(done -> {}, failure -> {}));
        }
    }
}
