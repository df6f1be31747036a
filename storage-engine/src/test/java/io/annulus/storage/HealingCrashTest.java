package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.QuarantinedRange;
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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The power is cut in the midst of each change that the finding, healing and merging of damage makes to the disk. A damaged
 * newest run hides an older one: what it hid is unknown or healed at any time, and once healed it stays so.
 */
class HealingCrashTest {

    private static final String NAME = "_data";
    private static final int KEYS = 120;
    private static final long OLD = 1;
    private static final long HEALED = 3;

    private final Random random = Seed.random("HealingCrashTest");

    /** One run to the cut. */
    private final class Run {
        private final SimulatedFiles disk = Seed.disk(random);
        private final StepWorld world = new StepWorld(random);
        private SimulatedEngine engine;
        private Table table;
        private List<QuarantinedRange> ranges = List.of();
        private boolean isHealed;

        /** Keys of records whose healing was acknowledged. */
        private final Set<Integer> kept = new TreeSet<>();

        /** An older run of records, and a newer one of removals that is damaged. */
        void prepare() throws IOException {
            open();
            for (int i = 0; i < KEYS; i++) {
                append(i, OLD);
            }
            flush();
            for (int i = 0; i < KEYS; i++) {
                table.remove(Token.of(key(i)), key(i), Completion.of(done -> {}, failure -> {}));
            }
            world.settle();
            flush();
            String file = disk.contents().keySet().stream()
                    .filter(name -> name.endsWith(".sst"))
                    .reduce("", (one, other) -> other);
            disk.flip(file, 60, 1);
        }

        /** Finds the damage, heals every other key, and merges. */
        void go() {
            for (int i = 0; i < KEYS; i++) {
                answer(i);
            }
            world.settle();
            ranges = engine.engine().integrity().quarantined();
            for (QuarantinedRange range : ranges) {
                List<Entry> records = new ArrayList<>();
                Set<Integer> keys = new TreeSet<>();
                for (int i = 0; i < KEYS; i += 2) {
                    Token token = Token.of(key(i));
                    if (token.compareTo(range.from()) >= 0 && token.compareTo(range.to()) <= 0) {
                        records.add(new Entry(token, key(i), SetRecords.of(HEALED)));
                        keys.add(i);
                    }
                }
                engine.engine()
                        .integrity()
                        .heal(
                                NAME,
                                range.from(),
                                range.to(),
                                records,
                                Completion.of(
                                        done -> {
                                            isHealed = disk.isPowered();
                                            kept.addAll(isHealed ? keys : Set.of());
                                        },
                                        failure -> {}));
                world.settle();
            }
            for (int i = 0; i < 5; i++) {
                append(KEYS + i, OLD);
                flush();
            }
        }

        void restart() throws IOException {
            world.crash();
            disk.powerOn();
            open();
        }

        void check(String when) {
            int unknown = 0;
            for (int i = 0; i < KEYS; i++) {
                Object answer = answer(i);
                boolean isUnknown = answer instanceof CorruptDataException;
                unknown += isUnknown ? 1 : 0;
                boolean isGone = answer.equals(Optional.empty()) && !kept.contains(i);
                boolean isGood = answer instanceof Optional<?> record
                        && record.isPresent()
                        && i % 2 == 0
                        && SetRecords.numbers((byte[]) record.get()).equals(Set.of(HEALED));
                assertTrue(
                        isUnknown || isGone || isGood,
                        () -> "a removed key came back, or a healed one is gone, " + when);
            }
            assertFalse(isHealed && unknown > 0, "what was healed is unknown again " + when);
        }

        private void open() throws IOException {
            engine = SimulatedEngine.open(disk, world, 1 << 20);
            table = engine.engine().openTable(new TableSpec(NAME, new SetRecords()));
            world.settle();
        }

        private void append(int i, long number) {
            table.append(Token.of(key(i)), key(i), SetRecords.of(number), Completion.of(done -> {}, failure -> {}));
            world.settle();
        }

        private void flush() {
            engine.engine().flush();
            world.settle();
        }

        private Object answer(int i) {
            List<Object> answers = new ArrayList<>();
            table.read(Token.of(key(i)), key(i), Completion.of(answers::add, answers::add));
            while (answers.isEmpty()) {
                assertTrue(world.step(), "a read never ended");
            }
            return answers.get(0);
        }
    }

    @Test
    void noCutBringsBackWhatTheDamageHid() throws IOException {
        Run whole = new Run();
        whole.prepare();
        long before = whole.disk.changes();
        whole.go();
        assertTrue(whole.isHealed);
        whole.check("at the end");
        long changes = whole.disk.changes() - before;
        assertTrue(changes > 50, changes + " changes");
        for (long cut = 1; cut <= changes; cut++) {
            Run run = new Run();
            run.prepare();
            run.disk.cutAfter(cut, () -> {});
            run.go();
            run.restart();
            run.check("after a cut at change " + cut);
            // What was not healed is asked for again, and can be.
            run.go();
            assertEquals(List.of(), run.engine.engine().integrity().quarantined());
            run.check("healed after a cut at change " + cut);
        }
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }
}
