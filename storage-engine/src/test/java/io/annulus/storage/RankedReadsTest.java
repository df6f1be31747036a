package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.proof.VersionedRecords;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which runs a lookup asks where records have ranks, and that none is left out that counts. */
class RankedReadsTest {

    private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
    private static final int SMALL_BYTES = 40;
    private static final int SEPARATE_BYTES = 10 * SimulatedEngine.SEPARATE_BYTES;

    private final Random random = Seed.random("RankedReadsTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private SimulatedEngine engine;
    private Table table;

    @BeforeEach
    void open() throws IOException {
        open("data");
    }

    @Test
    void runsOfLowerRanksAreNotAsked() throws IOException {
        write(1, SMALL_BYTES);
        write(2, SMALL_BYTES);
        write(3, SMALL_BYTES);
        assertEquals(3, read());
        assertEquals(1, engine.engine().figures().reads().asked());
        engine.close(world);
        open("data");
        assertEquals(3, read());
        assertEquals(1, engine.engine().figures().reads().asked());
    }

    @Test
    void aRecordInMemoryHidesAllRunsOfLowerRanks() {
        write(1, SMALL_BYTES);
        append(2, SMALL_BYTES);
        assertEquals(2, read());
        assertEquals(0, engine.engine().figures().reads().asked());
    }

    @Test
    void aGreaterRankCountsWhereverItLies() {
        write(7, SMALL_BYTES);
        write(9, SMALL_BYTES);
        write(3, SMALL_BYTES);
        assertEquals(9, read());
        append(8, SMALL_BYTES);
        assertEquals(9, read());
    }

    @Test
    void aRemovalIsNotPassedOver() throws IOException {
        open("_own");
        write(9, SMALL_BYTES);
        remove();
        write(3, SMALL_BYTES);
        assertEquals(3, read());
    }

    @Test
    void aRecordAfterARemovalGoesOnHiding() throws IOException {
        open("_own");
        write(9, SMALL_BYTES);
        append(9, SMALL_BYTES);
        remove();
        write(3, SMALL_BYTES);
        write(5, SMALL_BYTES);
        assertEquals(5, read());
    }

    @Test
    void greaterRanksInValueFilesCount() {
        write(6, SEPARATE_BYTES);
        write(4, SEPARATE_BYTES);
        assertEquals(6, read());
    }

    private void open(String name) throws IOException {
        engine = SimulatedEngine.open(disk, world, 1 << 20);
        table = engine.engine().openTable(new TableSpec(name, new VersionedRecords()));
    }

    private void write(long version, int bytes) {
        append(version, bytes);
        flush();
    }

    private void append(long version, int bytes) {
        table.append(Token.of(KEY), KEY, VersionedRecords.of(version, bytes), Completion.of(done -> {}, this::failed));
        world.settleLog();
    }

    private void remove() {
        table.remove(Token.of(KEY), KEY, Completion.of(done -> {}, this::failed));
        flush();
    }

    private void flush() {
        world.settle();
        engine.engine().flush();
        world.settle();
    }

    private long read() {
        List<Optional<byte[]>> found = new ArrayList<>();
        table.read(Token.of(KEY), KEY, Completion.of(found::add, this::failed));
        world.settle();
        byte[] record = found.get(0).orElseThrow();
        long version = ByteBuffer.wrap(record).getLong(4);
        assertArrayEquals(VersionedRecords.of(version, record.length), record);
        return version;
    }

    private void failed(Throwable cause) {
        throw new AssertionError("an operation failed", cause);
    }
}
