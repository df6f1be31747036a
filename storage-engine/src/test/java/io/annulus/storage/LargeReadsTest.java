package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads of records in value files, on the threads of callers. */
class LargeReadsTest {

    private static final byte[] KEY = {1, 2, 3};

    /** Fits the simulated cache. */
    private static final int BYTES = 3000;

    private final Random random = Seed.random("LargeReadsTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private SimulatedEngine engine;
    private Table table;
    private TableReader reader;

    /** Whether no record passes any more. */
    private boolean isStrict;

    /** The record of the greater first byte wins, and ends with that byte too. */
    private final class Greatest implements RecordJoin {

        @Override
        public byte[] join(byte[] left, byte[] right) {
            return left[0] >= right[0] ? left : right;
        }

        @Override
        public void verify(byte[] record) {
            if (isStrict || record[0] != record[record.length - 1]) {
                throw new CorruptRecordException("it ends with " + record[record.length - 1]);
            }
        }
    }

    @BeforeEach
    void open() throws IOException {
        engine = SimulatedEngine.open(disk, world, 1 << 20);
        table = engine.engine().openTable(new TableSpec("data", new Greatest()));
        reader = engine.engine().reader("data");
    }

    @Test
    void aRecordIsReadOnceAndThenCached() {
        byte[] record = put(1);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(record, reader.read(Token.of(KEY), KEY).orElseThrow());
            assertArrayEquals(record, copyInUse());
        }
        // Its block, and the record.
        assertEquals(2, engine.engine().cacheFigures().misses());
        assertEquals(10, engine.engine().cacheFigures().hits());
    }

    @Test
    void whatIsReadIsTheCallersOwn() {
        byte[] record = put(1);
        Arrays.fill(reader.read(Token.of(KEY), KEY).orElseThrow(), (byte) 0);
        byte[] again = reader.read(Token.of(KEY), KEY).orElseThrow();
        assertArrayEquals(record, again);
        Arrays.fill(again, (byte) 0);
        assertArrayEquals(record, copyInUse());
    }

    @Test
    void theNewestRecordIsUsedWhereverItLies() {
        put(1);
        byte[] second = put(2);
        assertArrayEquals(second, copyInUse());
        put(1);
        assertArrayEquals(second, copyInUse());
        byte[] third = record(3);
        append(third);
        assertArrayEquals(third, copyInUse());
        for (int i = 0; i < 20; i++) {
            put(4);
        }
        assertTrue(engine.engine().status().sstables() < 10, "nothing was merged");
        assertEquals(4, copyInUse()[0]);
    }

    @Test
    void aRecordThatFailsItsCheckIsNotUsed() {
        put(1);
        isStrict = true;
        assertThrows(CorruptDataException.class, this::copyInUse);
        assertThrows(CorruptDataException.class, () -> reader.read(Token.of(KEY), KEY));
    }

    private byte[] put(int first) {
        byte[] record = record(first);
        append(record);
        engine.engine().flush();
        world.settle();
        return record;
    }

    private byte[] record(int first) {
        byte[] record = new byte[BYTES];
        random.nextBytes(record);
        record[0] = (byte) first;
        record[BYTES - 1] = (byte) first;
        return record;
    }

    private void append(byte[] record) {
        table.append(Token.of(KEY), KEY, record.clone(), Completion.of(done -> {}, failure -> {
            throw new AssertionError(failure);
        }));
        world.settle();
    }

    private byte[] copyInUse() {
        return reader.read(Token.of(KEY), KEY, (bytes, from, length) -> Arrays.copyOfRange(bytes, from, from + length))
                .orElseThrow();
    }
}
