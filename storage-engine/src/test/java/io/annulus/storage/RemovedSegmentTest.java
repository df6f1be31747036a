package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.file.Directory;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A power cut amid the removal of a log segment between others that are needed. */
class RemovedSegmentTest {

    private static final byte[] KEY = {1, 2, 3};

    private final Random random = Seed.random("RemovedSegmentTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);

    @Test
    void aSegmentWhoseFileIsEmptyIsNotMissed() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        append(table(engine, "late"), 1);
        String first = onlySegment(Set.of());
        // That table is not opened: its record stays in the log, whose other segments come and go.
        engine = SimulatedEngine.openAfterPowerCut(disk, world);
        Table data = table(engine, "data");
        append(data, 2);
        String second = onlySegment(Set.of(first));
        engine.engine().flush();
        append(data, 3);
        assertFalse(segments().contains(second), "the flushed segment is there still");
        String third = onlySegment(Set.of(first));
        assertTrue(third.compareTo(second) > 0);

        Directory folder = SimulatedDirectory.top(disk).sub(second.substring(0, second.lastIndexOf('/')));
        folder.make();
        folder.create(second.substring(second.lastIndexOf('/') + 1)).close();
        folder.rewriteFile(second.substring(second.lastIndexOf('/') + 1));
        folder.sync();
        SimulatedDirectory.top(disk).sub("log").sync();
        engine = SimulatedEngine.openAfterPowerCut(disk, world);
        assertEquals(Set.of(1L), read(table(engine, "late")));
        assertEquals(Set.of(2L, 3L), read(table(engine, "data")));
    }

    private static Table table(SimulatedEngine engine, String name) {
        return engine.engine().openTable(new TableSpec(name, new SetRecords()));
    }

    private void append(Table table, long element) {
        table.append(Token.of(KEY), KEY, SetRecords.of(element), Completion.of(done -> {}, failure -> {
            throw new AssertionError(failure);
        }));
        world.settle();
    }

    private Set<Long> read(Table table) {
        Set<Long> all = new TreeSet<>();
        table.read(
                Token.of(KEY),
                KEY,
                Completion.of(
                        (Optional<byte[]> record) -> all.addAll(SetRecords.numbers(record.orElseThrow())), failure -> {
                            throw new AssertionError(failure);
                        }));
        world.settle();
        return all;
    }

    private Set<String> segments() {
        return disk.contents().entrySet().stream()
                .filter(file -> file.getKey().startsWith("log/") && file.getValue().length > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String onlySegment(Set<String> others) {
        Set<String> rest = new TreeSet<>(segments());
        rest.removeAll(others);
        assertEquals(1, rest.size(), () -> "segments " + List.copyOf(rest));
        return rest.iterator().next();
    }
}
