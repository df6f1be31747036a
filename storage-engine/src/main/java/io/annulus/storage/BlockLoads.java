package io.annulus.storage;

import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.StorageFullException;
import io.annulus.storage.sstable.Block;
import io.annulus.storage.sstable.SSTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Blocks that are being read for lookups: each by one read thread, however many lookups wait for it. Owned by the loop; what it
 * keeps is bounded by the lookups that {@link Reads} admits.
 */
final class BlockLoads {

    private final EventLoop loop;
    private final Executor threads;
    private final Map<Place, List<Consumer<Loaded>>> waiting = new HashMap<>();

    private record Place(long file, int block) {}

    /**
     * What became of a load: a block, a failure, or neither when the table was deleted before.
     *
     * @param block the block
     * @param failure why there is none
     */
    record Loaded(Optional<Block> block, Optional<Throwable> failure) {

        private static final Loaded GONE = new Loaded(Optional.empty(), Optional.empty());

        /** The block; what failed is thrown. */
        Block blockOrFailure() {
            if (failure.isEmpty()) {
                return block.orElseThrow();
            }
            if (failure.get() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException("a block was not read: " + failure.get(), failure.get());
        }

        boolean isGone() {
            return block.isEmpty() && failure.isEmpty();
        }

        private static Loaded failed(Throwable failure) {
            return new Loaded(Optional.empty(), Optional.of(failure));
        }
    }

    BlockLoads(EventLoop loop, Executor threads) {
        this.loop = loop;
        this.threads = threads;
    }

    /** Gives the waiter the block on the loop, at times before it returns. */
    void load(SSTable table, int block, Consumer<Loaded> waiter) {
        Place place = new Place(table.info().number(), block);
        List<Consumer<Loaded>> others = waiting.get(place);
        if (others != null) {
            others.add(waiter);
            return;
        }
        if (!table.retain()) {
            waiter.accept(Loaded.GONE);
            return;
        }
        waiting.put(place, new ArrayList<>(List.of(waiter)));
        try {
            threads.execute(() -> read(table, block, place));
        } catch (RejectedExecutionException e) {
            table.release();
            deliver(place, Loaded.failed(new StorageFullException("storage is closed", e)));
        }
    }

    /** Read thread. */
    private void read(SSTable table, int block, Place place) {
        try {
            Loaded loaded = outcome(table, block);
            loop.execute(() -> deliver(place, loaded));
        } finally {
            table.release();
        }
    }

    private static Loaded outcome(SSTable table, int block) {
        try {
            return new Loaded(Optional.of(table.load(block)), Optional.empty());
        } catch (Throwable e) {
            return Loaded.failed(e);
        }
    }

    /** The others as tasks of their own: one that throws keeps no other from its end. */
    private void deliver(Place place, Loaded loaded) {
        List<Consumer<Loaded>> waiters = waiting.remove(place);
        for (Consumer<Loaded> other : waiters.subList(1, waiters.size())) {
            loop.execute(() -> other.accept(loaded));
        }
        waiters.get(0).accept(loaded);
    }
}
