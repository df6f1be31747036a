package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.QuarantinedRange;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.quarantine.TokenRange;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The checksum that a record carries is checked wherever the record goes, for memory and buses rot too: its block's checksum
 * was then made of what was rotten already. Writes and flushes are with the tests of faults and errors (T25).
 */
class RecordChecksTest {

    private static final String NAME = "_data";

    private final Random random = Seed.random("RecordChecksTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private final Rotting records = new Rotting();
    private SimulatedEngine engine;
    private Table table;

    /** Records some of which are found rotten from a moment on. */
    private static final class Rotting implements RecordJoin {

        private Set<Long> rotten = Set.of();
        private boolean joinsWrongly;

        /** Without checks of its own, so that each check that fails is one of the engine's. */
        @Override
        public byte[] join(byte[] left, byte[] right) {
            byte[] joined = right.clone();
            if (joinsWrongly) {
                joined[joined.length - 1] ^= 1;
            }
            return joined;
        }

        @Override
        public void verify(byte[] record) {
            if (rotten.contains(SetRecords.numbers(record).iterator().next())) {
                throw new CorruptRecordException("of the test");
            }
        }
    }

    @Test
    void aReadOfASortedTable() throws IOException {
        open();
        write(1, 100);
        flush();
        records.rotten = Set.of(100L);
        assertInstanceOf(CorruptDataException.class, answer(1));
        assertOnly(1);
        assertInstanceOf(CorruptDataException.class, answer(1));
    }

    @Test
    void aReadOfMemory() throws IOException {
        open();
        write(1, 100);
        records.rotten = Set.of(100L);
        assertInstanceOf(CorruptDataException.class, answer(1));
    }

    @Test
    void aScan() throws IOException {
        open();
        write(1, 100);
        flush();
        assertEquals(1, assertInstanceOf(List.class, scan()).size());
        records.rotten = Set.of(100L);
        assertInstanceOf(CorruptDataException.class, scan());
    }

    /** What a join leaves out is damaged without a word, unless it is looked at by itself. */
    @Test
    void anInputOfAMerge() throws IOException {
        open();
        write(1, 100);
        flush();
        records.rotten = Set.of(100L);
        for (int i = 2; i < 9; i++) {
            write(1, 100 + i);
            flush();
        }
        assertOnly(1);
        assertTrue(engine.engine().status().sstables() > 1, "a damaged record was merged away");
        assertEquals(List.of(), engine.events());
    }

    @Test
    void theOutputOfAMerge() throws IOException {
        open();
        write(1, 100);
        flush();
        records.joinsWrongly = true;
        for (int i = 1; i < 8; i++) {
            write(1, 100 + i);
            flush();
        }
        assertEquals(8, engine.engine().status().sstables(), "a damaged record was written");
        records.joinsWrongly = false;
        assertTrue(assertInstanceOf(Optional.class, answer(1)).isPresent());
    }

    private void assertOnly(int key) {
        List<QuarantinedRange> ranges = engine.engine().integrity().quarantined();
        assertEquals(1, ranges.size(), ranges::toString);
        assertEquals(Token.of(key(key)), ranges.get(0).from());
        assertEquals(Token.of(key(key)), ranges.get(0).to());
    }

    private void open() throws IOException {
        engine = SimulatedEngine.open(disk, world, 1 << 20);
        table = engine.engine().openTable(new TableSpec(NAME, records));
        world.settle();
    }

    private void write(int i, long number) {
        table.append(
                Token.of(key(i)), key(i), SetRecords.of(number), Completion.of(done -> {}, RecordChecksTest::fail));
        world.settle();
    }

    private void flush() {
        engine.engine().flush();
        world.settle();
    }

    private Object answer(int i) {
        List<Object> answers = new ArrayList<>();
        table.read(Token.of(key(i)), key(i), Completion.of(answers::add, answers::add));
        world.settle();
        return answers.get(0);
    }

    private Object scan() {
        List<Object> answers = new ArrayList<>();
        table.scan(
                TokenRange.LEAST, TokenRange.GREATEST, Optional.empty(), 10, Completion.of(answers::add, answers::add));
        world.settle();
        return answers.get(0);
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }
}
