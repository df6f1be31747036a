package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.storage.file.Directory;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.testkit.SimulatedSegments;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writers against a store that writes one memtable out a second, in virtual time. */
class WritePacingTest {

    private static final long SEED = Long.getLong("annulus.seed", 11L);
    private static final long MEMTABLE_BYTES = 256 << 10;
    private static final long FLUSH_NANOS = 1_000_000_000;
    private static final long LOG_NANOS = 2_000_000;
    private static final long LONGEST_WAIT_NANOS = 100_000_000;

    /** A record of about 1 kB: alone, a writer that waits for each fills two memtables a second. */
    private static final byte[] RECORD = SetRecords.of(LongStream.range(0, 125).toArray());

    private final SimulatedWorld world = new SimulatedWorld(SEED);
    private final SimulatedNode node = world.addNodes(1).get(0);
    private final List<Throwable> refusals = new ArrayList<>();
    private Table table;
    private long written;
    private long acked;
    private long longestWaitNanos;

    @BeforeEach
    void open() throws IOException {
        System.out.println("WritePacingTest runs with -Dannulus.seed=" + SEED);
        Directory root =
                SimulatedDirectory.top(new SimulatedFiles(world.random().fork("files")));
        CommitLog log = SimulatedSegments.log(root);
        EngineThreads threads = new EngineThreads(
                node.thread("log", () -> world.random().between(LOG_NANOS / 2, 3 * LOG_NANOS / 2)),
                // Once to write a memtable out, and once to let it count.
                node.thread("store", () -> FLUSH_NANOS / 2),
                node.thread("compaction", () -> 1),
                node.thread("system", () -> 1),
                node.thread("read", () -> 1));
        EngineParts parts = new EngineParts(
                root,
                log,
                new BlockCodec(LZ4Factory.safeInstance()),
                node.loop(),
                threads,
                PipelineFixture.config(MEMTABLE_BYTES),
                PipelineFixture.failingEvents(),
                node.time()::wallMillis);
        LsmEngine engine = LsmEngine.open(
                parts,
                new StoreIdentity(new NodeId("n1"), 42, 7, 1),
                Recovery.read(root, log, parts.codec(), 42, false));
        node.run(() -> table = engine.openTable(new TableSpec("data", new SetRecords())));
        world.runFor(Duration.ofSeconds(1));
    }

    @Test
    void writersAtTwiceTheFlushRateAreSlowedAndNeverRefused() {
        node.run(this::writeAndGoOn);
        world.runFor(Duration.ofSeconds(60));
        assertEquals(List.of(), refusals);
        assertTrue(longestWaitNanos <= LONGEST_WAIT_NANOS, () -> "one waited " + longestWaitNanos + " ns");
        // The store thread installs merges too, which takes it as long.
        long leastBytes = 35 * MEMTABLE_BYTES;
        assertTrue(acked * RECORD.length >= leastBytes, () -> acked + " writes in a minute");
    }

    @Test
    void noneWaitsLongWhenWritersDoNotWait() {
        for (int i = 0; i < 20 * 500; i++) {
            world.after(Duration.ofMillis(2L * i), () -> node.run(() -> write(() -> {})));
        }
        world.runFor(Duration.ofSeconds(21));
        assertTrue(longestWaitNanos <= LONGEST_WAIT_NANOS, () -> "one waited " + longestWaitNanos + " ns");
        assertTrue(!refusals.isEmpty(), "the bound of memory holds");
        refusals.forEach(refusal -> {
            assertInstanceOf(StorageFullException.class, refusal);
            assertTrue(refusal.getMessage().startsWith("memtables hold"), refusal::getMessage);
        });
    }

    @Test
    void timeGrowsFromAFewMillisecondsOn() {
        WritePacing pacing = new WritePacing(node.loop(), PipelineFixture.config(MEMTABLE_BYTES));
        assertEquals(0, pacing.holdNanos(2 * MEMTABLE_BYTES));
        assertEquals(WritePacing.SHORTEST_NANOS, pacing.holdNanos(2 * MEMTABLE_BYTES + 1), 1000);
        assertEquals(
                (WritePacing.SHORTEST_NANOS + WritePacing.LONGEST_NANOS) / 2,
                pacing.holdNanos(2 * MEMTABLE_BYTES + MEMTABLE_BYTES / 2),
                1000);
        assertEquals(WritePacing.LONGEST_NANOS, pacing.holdNanos(4 * MEMTABLE_BYTES));
    }

    @Test
    void endsComeInTheOrderOfTheirBatches() {
        StepWorld steps = new StepWorld(new Random(SEED));
        WritePacing pacing = new WritePacing(steps, PipelineFixture.config(MEMTABLE_BYTES));
        List<Integer> ended = new ArrayList<>();
        pacing.end(3 * MEMTABLE_BYTES, () -> ended.add(1));
        steps.ring();
        // On the loop behind the timer, and before what the timer lets go.
        steps.execute(() -> pacing.end(0, () -> ended.add(2)));
        steps.settle();
        steps.ring();
        steps.settle();
        assertEquals(List.of(1, 2), ended);
    }

    private void writeAndGoOn() {
        write(this::writeAndGoOn);
    }

    private void write(Runnable next) {
        byte[] key = ByteBuffer.allocate(8).putLong(written++).array();
        long begun = world.nanos();
        table.append(
                Token.of(key),
                key,
                RECORD,
                Completion.of(
                        done -> {
                            acked++;
                            longestWaitNanos = Math.max(longestWaitNanos, world.nanos() - begun);
                            next.run();
                        },
                        refusals::add));
    }
}
