package io.annulus.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The names in a folder: as they are seen, and as the disk holds them with the changes since the last sync. */
final class SimulatedFolder implements SimulatedEntry {

    private final List<Consumer<NavigableMap<String, SimulatedEntry>>> unsynced = new ArrayList<>();
    private NavigableMap<String, SimulatedEntry> names = new TreeMap<>();
    private NavigableMap<String, SimulatedEntry> held = new TreeMap<>();

    NavigableMap<String, SimulatedEntry> names() {
        return names;
    }

    void put(String name, SimulatedEntry entry) {
        change(now -> now.put(name, entry));
    }

    void remove(String name) {
        change(now -> now.remove(name));
    }

    /** One change: it survives as a whole or not at all. */
    void rename(String from, String to) {
        SimulatedEntry entry = names.get(from);
        change(now -> {
            now.remove(from, entry);
            now.put(to, entry);
        });
    }

    void sync() {
        held = new TreeMap<>(names);
        unsynced.clear();
    }

    /** All files below, by path. */
    void forEachFile(String prefix, BiConsumer<String, SimulatedFile> visitor) {
        names.forEach((name, entry) -> {
            if (entry instanceof SimulatedFile file) {
                visitor.accept(prefix + name, file);
            } else if (entry instanceof SimulatedFolder folder) {
                folder.forEachFile(prefix + name + "/", visitor);
            }
        });
    }

    @Override
    public SimulatedFolder copy(Map<SimulatedFile, SimulatedFile> copies) {
        SimulatedFolder copy = new SimulatedFolder();
        names.forEach((name, entry) -> copy.names.put(name, entry.copy(copies)));
        copy.sync();
        return copy;
    }

    /** Each change since the last sync survives or not, whatever becomes of those before it. */
    @Override
    public void lose(SimulatedRandom random, Set<SimulatedFile> done) {
        unsynced.stream().filter(change -> random.nextInt(2) == 0).forEach(change -> change.accept(held));
        names = new TreeMap<>(held);
        unsynced.clear();
        names.values().forEach(entry -> entry.lose(random, done));
    }

    @Override
    public SimulatedFolder survivor(Survivors survivors) {
        NavigableMap<String, SimulatedEntry> left = new TreeMap<>(held);
        unsynced.stream().filter(change -> survivors.random().nextInt(2) == 0).forEach(change -> change.accept(left));
        SimulatedFolder copy = new SimulatedFolder();
        left.forEach((name, entry) -> copy.names.put(name, survivors.of(entry)));
        copy.sync();
        return copy;
    }

    private void change(Consumer<NavigableMap<String, SimulatedEntry>> change) {
        change.accept(names);
        unsynced.add(change);
    }
}
