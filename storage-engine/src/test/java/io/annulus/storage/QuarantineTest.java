package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.QuarantinedRange;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.quarantine.TokenRange;
import io.annulus.storage.sstable.SSTable;
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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A damaged block stands for its own tokens alone, until these are healed; nothing that it hid comes back (T25, T32). */
class QuarantineTest {

    private static final String NAME = "_data";
    private static final int KEYS = 900;
    private static final long OLD = 1;
    private static final long NEW = 2;

    private final Random random = Seed.random("QuarantineTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private final List<QuarantinedRange> told = new ArrayList<>();
    private SimulatedEngine engine;
    private Table table;

    @Test
    void onlyTheTokensOfTheBlockAreUnknown() throws IOException {
        open();
        writeAll(OLD);
        damage(file(0), 100);
        Set<Integer> unknown = unknown();
        assertTrue(unknown.size() > 5 && unknown.size() < KEYS / 3, () -> unknown.size() + " unknown");
        List<QuarantinedRange> ranges = engine.engine().integrity().quarantined();
        assertEquals(1, ranges.size());
        assertEquals(ranges, told);
        TokenRange range = range(ranges.get(0));
        for (int i = 0; i < KEYS; i++) {
            assertEquals(range.contains(Token.of(key(i))), unknown.contains(i), "key " + i);
        }
    }

    @Test
    void scansThatDoNotTouchTheRangeGoOn() throws IOException {
        open();
        writeAll(OLD);
        damage(file(0), 5000);
        TokenRange range = range(quarantined());
        Token before = TokenRange.before(range.from());
        Token after = new Token(range.to().high(), range.to().low() + 1);
        int read = scanned(TokenRange.LEAST, before).size()
                + scanned(after, TokenRange.GREATEST).size();
        assertEquals(KEYS - unknown().size(), read);
        assertInstanceOf(CorruptDataException.class, scan(before, range.from()));
        assertInstanceOf(CorruptDataException.class, scan(range.to(), after));
    }

    @Test
    void anOlderVersionThatTheDamageMightHideIsNeverGiven() throws IOException {
        open();
        writeAll(OLD);
        removeAll();
        damage(file(1), 50);
        TokenRange range = range(quarantined());
        for (int i = 0; i < KEYS; i++) {
            Object answer = answer(i);
            assertTrue(
                    range.contains(Token.of(key(i)))
                            ? answer instanceof CorruptDataException
                            : answer.equals(Optional.empty()),
                    "key " + i + ": " + answer);
        }
    }

    @Test
    void theQuarantineIsKnownAfterARestartBeforeAnyoneReads() throws IOException {
        open();
        writeAll(OLD);
        damage(file(0), 100);
        List<QuarantinedRange> before = List.of(quarantined());
        world.settle();
        reopen();
        assertEquals(before, engine.engine().integrity().quarantined());
        assertEquals(before, told, "nobody was asked to heal it");
    }

    @Test
    void whatCanBeReadAgainAfterARestartIsForgotten() throws IOException {
        open();
        writeAll(OLD);
        byte[] sound = disk.contents().get(file(0)).clone();
        damage(file(0), 100);
        quarantined();
        world.settle();
        disk.overwrite(file(0), sound);
        reopen();
        assertEquals(List.of(), engine.engine().integrity().quarantined());
        assertEquals(Set.of(), unknown());
    }

    @Test
    void healingLiftsTheQuarantineForGood() throws IOException {
        open();
        writeAll(OLD);
        String file = file(0);
        damage(file, 100);
        TokenRange range = range(quarantined());
        Set<Integer> unknown = unknown();
        assertEquals(1, heal(range, entries(unknown, NEW)));
        checkHealed(unknown);
        reopen();
        checkHealed(unknown);
        for (int i = 0; i < 4; i++) {
            for (int key = 0; key < KEYS; key++) {
                if (!unknown.contains(key)) {
                    append(key, OLD);
                }
            }
            flush();
        }
        assertFalse(disk.contents().containsKey(file), "it was not merged");
        assertTrue(disk.contents().containsKey(file + SSTable.DAMAGED_SUFFIX), "it was not set aside");
        checkHealed(unknown);
        reopen();
        checkHealed(unknown);
    }

    /** The damaged block held removals; peers hold nothing of these keys any more. */
    @Test
    void whatADamagedRemovalHidDoesNotComeBackByHealing() throws IOException {
        open();
        writeAll(OLD);
        removeAll();
        damage(file(1), 50);
        assertEquals(1, heal(range(quarantined()), List.of()));
        checkAbsent();
        reopen();
        checkAbsent();
        // Merged with newer runs alone, so that the older one stays outside.
        for (int i = 0; i < 6; i++) {
            append(KEYS + i, NEW);
            flush();
            checkAbsent();
        }
        reopen();
        checkAbsent();
    }

    @Test
    void partOfARangeCanBeHealed() throws IOException {
        open();
        writeAll(OLD);
        damage(file(0), 100);
        TokenRange range = range(quarantined());
        Set<Integer> unknown = unknown();
        Token middle = Token.of(key(unknown.stream()
                .sorted((one, other) -> Token.of(key(one)).compareTo(Token.of(key(other))))
                .skip(unknown.size() / 2)
                .findFirst()
                .orElseThrow()));
        Set<Integer> lower = new TreeSet<>(unknown);
        lower.removeIf(i -> Token.of(key(i)).compareTo(middle) > 0);
        heal(new TokenRange(range.from(), middle), entries(lower, NEW));
        Set<Integer> upper = new TreeSet<>(unknown);
        upper.removeAll(lower);
        assertEquals(upper, unknown());
        assertEquals(range.to(), range(quarantined()).to());
        assertTrue(range(quarantined()).from().compareTo(middle) > 0);
    }

    @Test
    void aHealingThatIsRefusedLeavesTheQuarantine() throws IOException {
        open();
        writeAll(OLD);
        damage(file(0), 100);
        TokenRange range = range(quarantined());
        disk.setFailsSync(true);
        List<Object> ends = new ArrayList<>();
        engine.engine()
                .integrity()
                .heal(NAME, range.from(), range.to(), entries(unknown(), NEW), Completion.of(ends::add, ends::add));
        world.settle();
        assertInstanceOf(RuntimeException.class, ends.get(0));
        assertEquals(1, engine.engine().integrity().quarantined().size());
    }

    @Test
    void remainsAreWhatCanBeRead() throws IOException {
        open();
        writeAll(OLD);
        writeAll(NEW);
        damage(file(1), 100);
        TokenRange range = range(quarantined());
        List<Object> ends = new ArrayList<>();
        engine.engine()
                .integrity()
                .remains(NAME, range.from(), range.to(), Optional.empty(), KEYS, Completion.of(ends::add, ends::add));
        world.settle();
        List<?> remains = assertInstanceOf(List.class, ends.get(0));
        assertEquals(unknown().size(), remains.size());
        Entry first = (Entry) remains.get(0);
        assertEquals(Set.of(OLD), SetRecords.numbers(first.record()));
    }

    @Test
    void aRunThatIsGoneStandsForItsRangeAndTheOthersAreRead() throws IOException {
        open();
        writeAll(OLD);
        append(KEYS, NEW);
        flush();
        engine.close(world);
        byte[] content = disk.contents().get(file(1));
        disk.overwrite(file(1), new byte[0]);
        engine = SimulatedEngine.open(disk, world, 1 << 20, true);
        table = engine.engine().openTable(new TableSpec(NAME, new SetRecords()));
        world.settle();
        assertInstanceOf(CorruptDataException.class, answer(KEYS));
        assertEquals(1, engine.engine().integrity().quarantined().size());
        for (int i = 0; i < KEYS; i++) {
            assertTrue(answer(i) instanceof Optional<?> found && found.isPresent(), "key " + i);
        }
        engine.close(world);
        disk.overwrite(file(1), content);
    }

    private void checkHealed(Set<Integer> healed) {
        assertEquals(List.of(), engine.engine().integrity().quarantined());
        for (int i = 0; i < KEYS; i++) {
            Object answer = answer(i);
            Optional<?> record = assertInstanceOf(Optional.class, answer, "key " + i);
            assertEquals(
                    Set.of(healed.contains(i) ? NEW : OLD),
                    SetRecords.numbers((byte[]) record.orElseThrow()),
                    "key " + i);
        }
        assertEquals(KEYS, scanned(TokenRange.LEAST, TokenRange.GREATEST).size());
    }

    private void checkAbsent() {
        assertEquals(List.of(), engine.engine().integrity().quarantined());
        for (int i = 0; i < KEYS; i++) {
            assertEquals(Optional.empty(), answer(i), "key " + i + " came back");
        }
        assertTrue(scanned(TokenRange.LEAST, TokenRange.GREATEST).size() < KEYS / 2, "a scan brought them back");
    }

    private int heal(TokenRange range, List<Entry> records) {
        List<Object> ends = new ArrayList<>();
        engine.engine().integrity().heal(NAME, range.from(), range.to(), records, Completion.of(ends::add, ends::add));
        world.settle();
        return assertInstanceOf(Integer.class, ends.get(0));
    }

    private static List<Entry> entries(Set<Integer> keys, long number) {
        return keys.stream()
                .map(i -> new Entry(Token.of(key(i)), key(i), SetRecords.of(number)))
                .toList();
    }

    private void open() throws IOException {
        engine = SimulatedEngine.open(disk, world, 1 << 20);
        told.clear();
        engine.engine().integrity().listen(told::add);
        table = engine.engine().openTable(new TableSpec(NAME, new SetRecords()));
        world.settle();
    }

    private void reopen() throws IOException {
        world.crash();
        disk.cutPower();
        disk.powerOn();
        open();
        assertTrue(engine.events().isEmpty(), engine.events()::toString);
    }

    private void writeAll(long number) {
        for (int i = 0; i < KEYS; i++) {
            append(i, number);
        }
        flush();
    }

    private void append(int i, long number) {
        table.append(Token.of(key(i)), key(i), SetRecords.of(number), Completion.of(done -> {}, QuarantineTest::fail));
        world.settle();
    }

    private void removeAll() {
        for (int i = 0; i < KEYS; i++) {
            table.remove(Token.of(key(i)), key(i), Completion.of(done -> {}, QuarantineTest::fail));
        }
        world.settle();
        flush();
    }

    private void flush() {
        engine.engine().flush();
        world.settle();
    }

    /** Finds the damage by reading all. */
    private QuarantinedRange quarantined() {
        unknown();
        List<QuarantinedRange> ranges = engine.engine().integrity().quarantined();
        assertEquals(1, ranges.size(), ranges::toString);
        return ranges.get(0);
    }

    private static TokenRange range(QuarantinedRange range) {
        return new TokenRange(range.from(), range.to());
    }

    private Set<Integer> unknown() {
        Set<Integer> unknown = new TreeSet<>();
        for (int i = 0; i < KEYS; i++) {
            if (answer(i) instanceof CorruptDataException) {
                unknown.add(i);
            }
        }
        // Those that a filter kept from the block before it was known.
        for (int i = 0; i < KEYS; i++) {
            if (answer(i) instanceof CorruptDataException) {
                unknown.add(i);
            }
        }
        return unknown;
    }

    private Object answer(int i) {
        List<Object> answers = new ArrayList<>();
        table.read(Token.of(key(i)), key(i), Completion.of(answers::add, answers::add));
        while (answers.isEmpty()) {
            assertTrue(world.step(), "a read never ended");
        }
        return answers.get(0);
    }

    private Object scan(Token from, Token to) {
        List<Object> answers = new ArrayList<>();
        table.scan(from, to, Optional.empty(), 1024, Completion.of(answers::add, answers::add));
        while (answers.isEmpty()) {
            assertTrue(world.step(), "a scan never ended");
        }
        return answers.get(0);
    }

    private List<?> scanned(Token from, Token to) {
        return assertInstanceOf(List.class, scan(from, to));
    }

    private String file(int number) {
        return disk.contents().keySet().stream()
                .filter(name -> name.endsWith(".sst"))
                .skip(number)
                .findFirst()
                .orElseThrow();
    }

    private void damage(String file, int at) throws IOException {
        disk.flip(file, at, random.nextInt(8));
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }
}
