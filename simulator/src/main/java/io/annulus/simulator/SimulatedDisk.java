package io.annulus.simulator;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.version.RecordJoin;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node keeps across its lives: exactly that which was synced. Of the operations that waited for a sync when the
 * node crashed, a prefix drawn from the seed survives, as with a log whose last blocks the operating system happened to
 * write. Its faults stay until they are taken back.
 */
public final class SimulatedDisk implements SimulatedStore {

    /** Place of a record in a table: by token, then by the bytes of the key as unsigned numbers. */
    record Slot(Token token, byte[] key) implements Comparable<Slot> {

        @Override
        public int compareTo(Slot other) {
            int byToken = token.compareTo(other.token);
            return byToken != 0 ? byToken : Arrays.compareUnsigned(key, other.key);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Slot that && compareTo(that) == 0;
        }

        @Override
        public int hashCode() {
            return 31 * token.hashCode() + Arrays.hashCode(key);
        }
    }

    /** A copy of the synced state. */
    private record Backup(
            NavigableMap<String, NavigableMap<Slot, byte[]>> tables, NavigableMap<String, byte[]> blobs) {}

    private final SimulatedRandom random;
    private final NavigableMap<String, NavigableMap<Slot, byte[]>> tables = new TreeMap<>();
    private final NavigableMap<String, byte[]> blobs = new TreeMap<>();
    private final Set<Slot> corrupt = new HashSet<>();
    private DiskSettings settings = DiskSettings.FAST;
    private boolean full;
    private boolean failsSync;
    private long storeId;
    private long origin;
    private long generation;
    private boolean closedCleanly;
    private Optional<Backup> backup = Optional.empty();
    private Optional<SimulatedStorage> engine = Optional.empty();

    SimulatedDisk(SimulatedRandom random) {
        this.random = random;
        wipe();
    }

    @Override
    public void set(DiskSettings newSettings) {
        settings = Objects.requireNonNull(newSettings, "settings");
    }

    @Override
    public void setFull(boolean isFull) {
        full = isFull;
    }

    @Override
    public void setFailsSync(boolean fails) {
        failsSync = fails;
    }

    /** Damages the place of a key in all tables: reads and scans that meet it fail, until {@link #mend}. */
    public void corrupt(Token token, byte[] key) {
        corrupt.add(new Slot(token, key));
    }

    /** Mends all damaged places. */
    public void mend() {
        corrupt.clear();
    }

    /** The synced record of a key, as bytes on the disk; null never: empty array when there is none. */
    public byte[] synced(String table, Token token, byte[] key) {
        byte[] record = records(table).get(new Slot(token, key));
        return record == null ? new byte[0] : record;
    }

    /** Replaces a synced small value behind the engine's back. */
    public void overwriteBlob(String name, byte[] value) {
        blobs.put(name, value);
    }

    @Override
    public StorageEngine open(SimulatedNode node) {
        generation++;
        if (!closedCleanly) {
            origin = random.nextLong();
        }
        closedCleanly = false;
        StoreIdentity identity = new StoreIdentity(node.settings().node(), storeId, origin, generation);
        engine = Optional.of(new SimulatedStorage(node.world(), node.loop(), this, identity));
        return engine.get();
    }

    /** What waits is in the memory of the process still, so that a kill loses as much of it as a power cut. */
    @Override
    public void crash(boolean powerLost) {
        engine.ifPresent(SimulatedStorage::crash);
        engine = Optional.empty();
    }

    @Override
    public void close() {
        engine.ifPresent(SimulatedStorage::close);
        engine = Optional.empty();
    }

    @Override
    public void wipe() {
        tables.clear();
        blobs.clear();
        corrupt.clear();
        storeId = random.nextLong();
        generation = 0;
        closedCleanly = false;
    }

    @Override
    public void backUp() {
        backup = Optional.of(new Backup(copyOf(tables), new TreeMap<>(blobs)));
    }

    /** As an engine does that knows a copy from the directory it was taken of: under another store id. */
    @Override
    public boolean restore() {
        if (backup.isEmpty()) {
            return false;
        }
        wipe();
        tables.putAll(copyOf(backup.get().tables()));
        blobs.putAll(backup.get().blobs());
        return true;
    }

    /** Every kind of damage is found by a checksum, and shows as a place that cannot be read. */
    @Override
    public boolean damage(Damage kind) {
        List<Slot> slots = tables.values().stream()
                .flatMap(table -> table.keySet().stream())
                .toList();
        if (slots.isEmpty()) {
            return false;
        }
        corrupt.add(slots.get(random.nextInt(slots.size())));
        return true;
    }

    private static NavigableMap<String, NavigableMap<Slot, byte[]>> copyOf(
            NavigableMap<String, NavigableMap<Slot, byte[]>> tables) {
        NavigableMap<String, NavigableMap<Slot, byte[]>> copy = new TreeMap<>();
        tables.forEach((name, records) -> copy.put(name, new TreeMap<>(records)));
        return copy;
    }

    /** Keeps a prefix of what waited, drawn from the seed. */
    void keepSome(List<LogEntry> waiting) {
        int kept = waiting.isEmpty() ? 0 : random.nextInt(waiting.size() + 1);
        waiting.subList(0, kept).forEach(this::apply);
    }

    void closeCleanly(List<LogEntry> waiting) {
        waiting.forEach(this::apply);
        closedCleanly = true;
    }

    void apply(LogEntry entry) {
        entry.applyTo(this);
    }

    void putBlob(String name, byte[] value) {
        blobs.put(name, value);
    }

    void join(String table, Slot slot, byte[] record, RecordJoin join) {
        records(table).merge(slot, record, join::join);
    }

    void remove(String table, Slot slot) {
        records(table).remove(slot);
    }

    NavigableMap<Slot, byte[]> records(String table) {
        return tables.computeIfAbsent(table, ignored -> new TreeMap<>());
    }

    NavigableMap<String, byte[]> blobs() {
        return blobs;
    }

    SortedSet<Token> corruptTokens() {
        SortedSet<Token> tokens = new TreeSet<>();
        corrupt.forEach(slot -> tokens.add(slot.token()));
        return tokens;
    }

    /** Makes the places of a range sound again; returns how many there were. */
    int heal(Token from, Token to) {
        int before = corrupt.size();
        corrupt.removeIf(
                slot -> slot.token().compareTo(from) >= 0 && slot.token().compareTo(to) <= 0);
        return before - corrupt.size();
    }

    boolean isCorrupt(Slot slot) {
        return corrupt.contains(slot);
    }

    boolean isFull() {
        return full;
    }

    boolean failsSync() {
        return failsSync;
    }

    int maxWaiting() {
        return settings.maxWaiting();
    }

    long syncNanos() {
        return random.between(settings.minSyncNanos(), settings.maxSyncNanos());
    }

    /** Time of the next read; 0 in one case of four, when the record is in memory. */
    long readNanos() {
        return random.nextInt(4) == 0 ? 0 : random.between(1, settings.maxReadNanos());
    }
}
