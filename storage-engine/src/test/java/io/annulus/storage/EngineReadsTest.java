package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
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
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reads cost: which of them read files, and which are answered at once. */
class EngineReadsTest {

    private static final int KEYS = 20;

    private final Random random = Seed.random("EngineReadsTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private final List<Object> outcomes = new ArrayList<>();
    private SimulatedEngine engine;
    private Table table;

    @BeforeEach
    void oneSortedTableOfOneBlock() throws IOException {
        engine = SimulatedEngine.open(disk, world, 1 << 20);
        table = engine.engine().openTable(new TableSpec("data", new SetRecords()));
        for (int i = 0; i < KEYS; i++) {
            append(i);
        }
        flush();
    }

    @Test
    void lookupsOfOneBlockReadItOnce() {
        for (int i = 0; i < KEYS; i++) {
            read(i);
        }
        assertEquals(0, outcomes.size());
        world.settle();
        assertEquals(KEYS, outcomes.size());
        assertEquals(1, engine.engine().cacheFigures().misses());
    }

    @Test
    void aLookupThatTheCacheAnswersEndsAtOnce() {
        read(1);
        world.settle();
        for (int i = 0; i < KEYS; i++) {
            read(i);
        }
        assertEquals(1 + KEYS, outcomes.size());
        assertEquals(KEYS, engine.engine().cacheFigures().hits());
    }

    @Test
    void oneThrowingCompletionKeepsNoOtherLookupFromItsEnd() {
        table.read(
                Token.of(key(1)),
                key(1),
                Completion.of(
                        result -> {
                            throw new AssertionError("of the test");
                        },
                        outcomes::add));
        read(2);
        read(3);
        boolean more = true;
        while (more) {
            try {
                more = world.step();
            } catch (AssertionError e) {
                assertEquals("of the test", e.getMessage());
            }
        }
        assertEquals(2, outcomes.size());
    }

    @Test
    void recordsOfAllRunsAreJoinedWhetherCachedOrNot() {
        read(1);
        world.settle();
        append(1);
        flush();
        outcomes.clear();
        read(1);
        world.settle();
        read(1);
        assertEquals(2, outcomes.size());
        assertEquals(2, engine.engine().cacheFigures().misses());
    }

    @Test
    void whatTakesLongToJoinIsNotJoinedOnTheLoop() {
        long[] many = LongStream.range(0, 40_000).toArray();
        for (int i = 0; i < 2; i++) {
            // One of them in a memtable that is frozen, and not written out yet.
            engine.engine().flush();
            table.append(Token.of(key(0)), key(0), SetRecords.of(many), Completion.of(done -> {}, outcomes::add));
            world.settleLog();
        }
        read(0);
        assertEquals(List.of(), outcomes);
        world.settle();
        assertEquals(many.length, ((Set<?>) outcomes.get(0)).size());
    }

    @Test
    void scansAndMergesFillNoCache() {
        List<List<Entry>> scanned = new ArrayList<>();
        table.scan(
                new Token(0, 0), new Token(-1, -1), Optional.empty(), 100, Completion.of(scanned::add, outcomes::add));
        for (int i = 0; i < 20; i++) {
            append(i);
            flush();
        }
        assertEquals(KEYS, scanned.get(0).size());
        assertTrue(engine.engine().status().sstables() < 20);
        assertEquals(0, engine.engine().cacheFigures().bytes());
    }

    @Test
    void tablesThatWereMergedLeaveTheCache() {
        read(1);
        world.settle();
        assertTrue(engine.engine().cacheFigures().bytes() > 0);
        while (engine.engine().cacheFigures().bytes() > 0) {
            for (int i = 0; i < KEYS; i++) {
                append(i);
            }
            flush();
            assertTrue(engine.engine().status().sstables() < 50, "never merged");
        }
    }

    @Test
    void aDamagedBlockFailsAllThatWaitForItAndIsNotCached() throws IOException {
        String file = disk.contents().keySet().stream()
                .filter(name -> name.endsWith(".sst"))
                .findFirst()
                .orElseThrow();
        byte[] intact = disk.contents().get(file).clone();
        byte[] damaged = intact.clone();
        damaged[9] ^= 1;
        disk.overwrite(file, damaged);
        read(1);
        read(2);
        world.settle();
        read(3);
        world.settle();
        assertEquals(3, outcomes.size());
        outcomes.forEach(outcome -> assertInstanceOf(CorruptDataException.class, outcome));
        assertTrue(engine.engine().status().cause().contains("damaged"));
    }

    private void append(int i) {
        table.append(Token.of(key(i)), key(i), SetRecords.of(i), Completion.of(done -> {}, outcomes::add));
    }

    private void flush() {
        world.settle();
        engine.engine().flush();
        world.settle();
    }

    private void read(int i) {
        table.read(
                Token.of(key(i)),
                key(i),
                Completion.of(record -> outcomes.add(SetRecords.numbers(record.orElseThrow())), outcomes::add));
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }
}
