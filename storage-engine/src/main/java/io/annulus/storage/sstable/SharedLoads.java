package io.annulus.storage.sstable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/**
 * Blocks of one table that are being read: each by the first thread that wants it, while the others wait for that one. Any
 * thread that may block.
 */
final class SharedLoads {

    private final ConcurrentHashMap<Integer, Load> underWay = new ConcurrentHashMap<>();

    /** One load; what became of it is written before the latch opens, and read after. */
    private static final class Load {

        private final CountDownLatch end = new CountDownLatch(1);
        private Block block;
        private RuntimeException failure;
    }

    /** Reads a block, or waits for the thread that does; what that one throws is thrown to all. */
    Block load(int number, IntFunction<Block> read) {
        Load mine = new Load();
        Load other = underWay.putIfAbsent(number, mine);
        return other == null ? run(mine, number, read) : await(other, number, read);
    }

    private Block run(Load load, int number, IntFunction<Block> read) {
        try {
            load.block = read.apply(number);
            return load.block;
        } catch (RuntimeException e) {
            load.failure = e;
            throw e;
        } finally {
            underWay.remove(number, load);
            load.end.countDown();
        }
    }

    private static Block await(Load load, int number, IntFunction<Block> read) {
        try {
            load.end.await();
        } catch (InterruptedException e) {
            // An interrupted thread does not wait for another, and is no less interrupted after its own read.
            Thread.currentThread().interrupt();
            return read.apply(number);
        }
        if (load.failure != null) {
            throw load.failure;
        }
        // Neither block nor failure: an error ended the other thread, and may end this one.
        return load.block == null ? read.apply(number) : load.block;
    }
}
