package io.annulus.benchmarks.loader;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** Runs one asynchronous operation for each item, a bounded number at a time. */
final class Pipeline {

    private static final long LIMIT_SECONDS = 120;

    private final int inFlight;

    Pipeline(int inFlight) {
        this.inFlight = inFlight;
    }

    /** An operation for the item of an index. */
    interface Operation<T, R> {
        CompletionStage<R> start(T item, int index);
    }

    /** What became of a run. */
    record Outcome(long operations, long failures, double seconds) {

        double perSecond() {
            return operations / seconds;
        }
    }

    /**
     * Runs an operation for every item.
     *
     * @param before called on this thread before the operation of each index
     * @param check told each item's index and result, on some thread
     */
    <T, R> Outcome run(List<T> items, IntConsumer before, Operation<T, R> operation, BiConsumer<Integer, R> check)
            throws InterruptedException {
        Semaphore places = new Semaphore(inFlight);
        LongAdder failures = new LongAdder();
        long start = System.nanoTime();
        for (int i = 0; i < items.size(); i++) {
            before.accept(i);
            take(places, 1);
            int index = i;
            operation.start(items.get(i), i).whenComplete((result, failure) -> {
                if (failure == null) {
                    check.accept(index, result);
                } else {
                    failures.increment();
                    System.err.println("item " + index + ": " + failure);
                }
                places.release();
            });
        }
        take(places, inFlight);
        return new Outcome(items.size(), failures.sum(), (System.nanoTime() - start) / 1e9);
    }

    private static void take(Semaphore places, int count) throws InterruptedException {
        if (!places.tryAcquire(count, LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("operations did not end within " + LIMIT_SECONDS + " s");
        }
    }
}
