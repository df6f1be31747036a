package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Snapshot;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.testkit.DirectoryEngine;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The snapshots of a run: what each must hold, which must be there, and which may be. */
final class SnapshotModel {

    private final Map<String, Map<String, TableModel>> contents = new TreeMap<>();
    private final Set<String> surely = new TreeSet<>();
    private final Set<String> perhaps = new TreeSet<>();
    private int number;
    private int checked;

    /** Another one with the same content. */
    SnapshotModel copy() {
        SnapshotModel copy = new SnapshotModel();
        copy.contents.putAll(contents);
        copy.surely.addAll(surely);
        copy.perhaps.addAll(perhaps);
        copy.number = number;
        return copy;
    }

    /** Takes a snapshot, and deletes an older one at times. */
    void change(LsmEngine engine, Map<String, TableModel> tables, StepWorld world) {
        if (number % 2 == 1 && !surely.isEmpty()) {
            String old = surely.iterator().next();
            surely.remove(old);
            perhaps.add(old);
            engine.snapshots().delete(old, Completion.of(perhaps::remove, failure -> {}));
        }
        String name = "s" + ++number;
        Map<String, TableModel> now = new TreeMap<>();
        tables.forEach((table, model) -> now.put(table, model.copy()));
        contents.put(name, now);
        perhaps.add(name);
        engine.snapshots()
                .create(
                        name,
                        Completion.of(
                                snapshot -> {
                                    perhaps.remove(name);
                                    surely.add(name);
                                },
                                failure -> {}));
        // What is sent from now on is in none.
        world.settleLog();
    }

    /** How many were restored. */
    int checked() {
        return checked;
    }

    /** Those that must be there are, and each that is there restores to what it must hold, as another store. */
    void check(LsmEngine engine, SimulatedFiles disk, String when) throws IOException {
        Set<String> listed = new TreeSet<>();
        for (Snapshot snapshot : engine.snapshots().list()) {
            listed.add(snapshot.name());
        }
        assertTrue(listed.containsAll(surely), () -> surely + " must be there, " + listed + " are " + when);
        for (String name : listed) {
            assertTrue(surely.contains(name) || perhaps.contains(name), () -> name + " is there again " + when);
            DirectoryEngine restored = DirectoryEngine.of(disk, name);
            assertNotEquals(
                    engine.identity().storeId(), restored.engine().identity().storeId());
            assertNotEquals(
                    engine.identity().origin(), restored.engine().identity().origin());
            for (Map.Entry<String, TableModel> table : contents.get(name).entrySet()) {
                TableModel model = table.getValue().copy();
                model.settle(
                        TableModel.rows(
                                restored.engine().openTable(new TableSpec(table.getKey(), new SetRecords())),
                                restored.world()),
                        "snapshot " + name + ", " + table.getKey() + " " + when);
            }
        }
        checked += listed.size();
        assertEquals(
                listed,
                disk.contents().keySet().stream()
                        .filter(path -> path.startsWith("snapshots/"))
                        .map(path -> path.split("/")[1])
                        .collect(Collectors.toCollection(TreeSet::new)),
                when);
    }
}
