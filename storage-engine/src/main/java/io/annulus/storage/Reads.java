package io.annulus.storage;

import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.storage.merge.ValueGoneException;
import io.annulus.storage.sstable.SSTable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Ends lookups, on the loop as far as memory answers, and runs what reads files on the read threads; called on the loop,
 * bounded.
 */
final class Reads {

    /** Work on files. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    private final EventLoop loop;
    private final Executor threads;
    private final int limit;
    private final Consumer<String> trouble;
    private final BlockLoads loads;
    private final ReadCounts counts = new ReadCounts();

    /** Owned by the loop. */
    private int waiting;

    Reads(EngineParts parts, Consumer<String> trouble) {
        this.loop = parts.loop();
        this.threads = parts.threads().reads();
        this.limit = parts.config().queuedReads();
        this.trouble = trouble;
        this.loads = new BlockLoads(loop, threads);
    }

    /** What lookups cost; any thread. */
    ReadCounts counts() {
        return counts;
    }

    /**
     * Ends a lookup: at once when all it needs is in memory.
     *
     * @param again run when a table was deleted meanwhile: the lookup has to be made anew
     */
    void end(Lookup lookup, Runnable again, Completion<Optional<byte[]>> completion) {
        if (lookup.isComplete()) {
            answer(lookup, again, completion);
        } else if (waiting >= limit) {
            completion.onFailure(new StorageFullException(waiting + " reads wait already; try again later"));
        } else {
            waiting++;
            lookup.requestMissing(loads, () -> {
                waiting--;
                if (lookup.isStale()) {
                    again.run();
                } else {
                    answer(lookup, again, completion);
                }
            });
        }
    }

    /** Reads that wait for files; loop. */
    int waiting() {
        return waiting;
    }

    private void answer(Lookup lookup, Runnable again, Completion<Optional<byte[]>> completion) {
        lookup.count(counts);
        if (lookup.isLight()) {
            outcome(lookup::record, completion).run();
            return;
        }
        Completion<Optional<byte[]>> end = Completion.of(completion::onResult, failure -> {
            if (failure instanceof ValueGoneException) {
                again.run();
            } else {
                completion.onFailure(failure);
            }
        });
        submit(List.of(), lookup::record, end);
    }

    /** Runs work on tables that the caller has retained; they are released in any case. */
    <T> void submit(List<SSTable> retained, Work<T> work, Completion<T> completion) {
        if (waiting >= limit) {
            retained.forEach(SSTable::release);
            completion.onFailure(new StorageFullException(waiting + " reads wait already; try again later"));
            return;
        }
        waiting++;
        try {
            threads.execute(() -> run(retained, work, completion));
        } catch (RejectedExecutionException e) {
            waiting--;
            retained.forEach(SSTable::release);
            completion.onFailure(new StorageFullException("storage is closed", e));
        }
    }

    private <T> void run(List<SSTable> retained, Work<T> work, Completion<T> completion) {
        try {
            Runnable end = outcome(work, completion);
            loop.execute(() -> {
                waiting--;
                end.run();
            });
        } finally {
            retained.forEach(SSTable::release);
        }
    }

    private <T> Runnable outcome(Work<T> work, Completion<T> completion) {
        try {
            T result = work.run();
            return () -> completion.onResult(result);
        } catch (IOException | CorruptRecordException e) {
            CorruptDataException failure = unreadable(e);
            trouble.accept(failure.getMessage());
            return () -> completion.onFailure(failure);
        } catch (CorruptDataException e) {
            trouble.accept(e.getMessage());
            return () -> completion.onFailure(e);
        } catch (Throwable e) {
            return () -> completion.onFailure(e);
        }
    }

    static CorruptDataException unreadable(Exception cause) {
        return new CorruptDataException("stored records cannot be read: " + cause, cause);
    }
}
