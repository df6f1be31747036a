package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.file.Directory;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.log.LogSegment;
import io.annulus.storage.log.SegmentFolders;
import io.annulus.storage.log.SegmentType;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.testkit.SimulatedSegments;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

/** A write that meets the log thread at the end of the log while a segment is begun: it does not wait for the old one's sync. */
class PassedWritesTest {

    private static final byte[] PASSED = {1};

    private final Random random = Seed.random("PassedWritesTest");
    private final StepWorld world = new StepWorld(random);
    private final List<Object> outcomes = new ArrayList<>();
    private final List<Boolean> seenBySyncs = new ArrayList<>();
    private Table table;
    private TableReader reader;
    private boolean isRotating;

    @Test
    void whatMetARotationDoesNotWaitForItsSync() throws IOException {
        SimulatedFiles disk = Seed.disk(random);
        Directory root = SimulatedDirectory.top(disk);
        CommitLog log = new SegmentFolders(root, new Hooked());
        BlockCodec codec = new BlockCodec(LZ4Factory.safeInstance());
        EngineParts parts = new EngineParts(
                root,
                log,
                codec,
                world,
                world.threads(),
                PipelineFixture.config(1 << 20),
                PipelineFixture.failingEvents(),
                world::wallMillis);
        LsmEngine engine = LsmEngine.open(
                parts, new StoreIdentity(new NodeId("n1"), 42, 7, 1), Recovery.read(root, log, codec, 42, false));
        table = engine.openTable(
                new TableSpec("data", new SetRecords(), TableOptions.DEFAULT.with(Durability.WRITTEN)));
        reader = engine.reader("data");
        append(new byte[] {0});
        world.settle();

        isRotating = true;
        engine.flush();
        world.settleLog();

        assertTrue(!seenBySyncs.isEmpty() && seenBySyncs.get(0), () -> "syncs saw " + seenBySyncs);
        world.settle();
        assertEquals(List.of(Durability.WRITTEN, Durability.WRITTEN), outcomes);
    }

    private void append(byte[] key) {
        table.append(Token.of(key), key, SetRecords.of(key[0]), Completion.of(outcomes::add, outcomes::add));
    }

    /** As a new segment is begun, the loop, here another thread, appends; and syncs look whether that is visible. */
    private final class Hooked implements SegmentType {

        private final SegmentType simulated = new SimulatedSegments();

        @Override
        public int maxBatchBytes() {
            return simulated.maxBatchBytes();
        }

        @Override
        public String suffix() {
            return simulated.suffix();
        }

        @Override
        public LogSegment begin(Directory folder) throws IOException {
            if (isRotating) {
                CompletableFuture.runAsync(() -> append(PASSED)).join();
            }
            LogSegment segment = simulated.begin(folder);
            return new LogSegment() {

                @Override
                public void append(byte[] batch, int length) throws IOException {
                    segment.append(batch, length);
                }

                @Override
                public void sync() throws IOException {
                    if (isRotating) {
                        seenBySyncs.add(reader.read(Token.of(PASSED), PASSED).isPresent());
                    }
                    segment.sync();
                }

                @Override
                public void close() throws IOException {
                    segment.close();
                }
            };
        }
    }
}
