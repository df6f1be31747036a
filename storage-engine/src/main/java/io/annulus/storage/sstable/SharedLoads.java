package io.annulus.storage.sstable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Blocks of one table that are being read: each by the first thread that wants it, while the others wait for that one. Any
 * thread that may block.
 */
final class SharedLoads {

    private final ConcurrentHashMap<Integer, Load> underWay = new ConcurrentHashMap<>();

    private final IntFunction<Block> reader;

    /** One load, guarded by itself until it has ended. */
    private static final class Load {

        private boolean isEnded;
        private Block block;
        private RuntimeException failure;

        /** Null while nobody waits. */
        private CountDownLatch end;
    }

    /**
     * No loads.
     *
     * @param reader reads a block, which may be lent to the thread until it reads the next
     */
    SharedLoads(IntFunction<Block> reader) {
        this.reader = reader;
    }

    /** Reads a block, or waits for the thread that does, and uses it; what the reader throws is thrown to all. */
    <T> T load(int number, Function<Block, T> use) {
        Load mine = new Load();
        Load other = underWay.putIfAbsent(number, mine);
        return use.apply(other == null ? run(mine, number) : await(other, number));
    }

    private Block run(Load load, int number) {
        Block block = null;
        RuntimeException failure = null;
        try {
            block = reader.apply(number);
            return block;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            underWay.remove(number, load);
            end(load, block, failure);
        }
    }

    private static void end(Load load, Block block, RuntimeException failure) {
        synchronized (load) {
            load.isEnded = true;
            if (load.end != null) {
                try {
                    load.failure = failure;
                    load.block = block == null ? null : block.kept();
                } finally {
                    load.end.countDown();
                }
            }
        }
    }

    private Block await(Load load, int number) {
        CountDownLatch end;
        synchronized (load) {
            load.end = load.end == null && !load.isEnded ? new CountDownLatch(1) : load.end;
            end = load.end;
        }
        if (end == null) {
            return reader.apply(number);
        }
        try {
            end.await();
        } catch (InterruptedException e) {
            // An interrupted thread does not wait for another, and is no less interrupted after its own read.
            Thread.currentThread().interrupt();
            return reader.apply(number);
        }
        if (load.failure != null) {
            throw load.failure;
        }
        // Neither block nor failure: an error ended the other thread, and may end this one.
        return load.block == null ? reader.apply(number) : load.block;
    }
}
