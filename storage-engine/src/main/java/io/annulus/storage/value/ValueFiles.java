package io.annulus.storage.value;

import io.annulus.api.storage.Compression;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.RecordUse;
import io.annulus.storage.merge.ValueGoneException;
import io.annulus.storage.merge.ValuePointer;
import io.annulus.storage.merge.ValueSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The value files of an engine. Each open sorted table holds those that it points to, each segment the one beside it. Values are read on any thread that may
 * block; one that holds the table never finds them gone. A file that was let go by the last table, which is obsolete, is
 * deleted: all tables that the manifest names are open, so none of them points there.
 */
public final class ValueFiles implements ValueSource {

    private final Directory directory;
    private final Packing packing;
    private final BlockCache cache;

    /** Changed by threads that open or release tables, read by all. */
    private final Map<Long, Held> open = new ConcurrentHashMap<>();

    /** Those whose value files are held; owned by the store thread. */
    private final Set<Long> segments = new HashSet<>();

    /** Set by the thread that closes the engine, read by who releases tables: the manifest still names what they point to. */
    private volatile boolean closing;

    private record Held(ValueFile file, int tables) {

        Held with(int more) {
            return new Held(file, tables + more);
        }
    }

    /** The value files of a directory, for one who reads none twice. */
    public ValueFiles(Directory directory, Packing packing) {
        this(directory, packing, new BlockCache(0));
    }

    /** The value files of a directory, which need not exist yet. */
    public ValueFiles(Directory directory, Packing packing, BlockCache cache) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.packing = Objects.requireNonNull(packing, "packing");
        this.cache = Objects.requireNonNull(cache, "cache");
    }

    /**
     * Holds the files that a table points to, and opens those that are not open.
     *
     * @throws ScarceException when there is no file descriptor for one of them: then none is held
     */
    public void retain(List<ValueUse> uses) throws ScarceException {
        List<ValueUse> held = new ArrayList<>();
        for (ValueUse use : uses) {
            try {
                retain(use);
            } catch (ScarceException e) {
                release(held, false);
                throw e;
            }
            held.add(use);
        }
    }

    private void retain(ValueUse use) throws ScarceException {
        // Not in the map's own step, which could not fail with it. Two that open the same file at once: one of them
        // closes it.
        while (true) {
            Held before = open.get(use.file());
            if (before != null) {
                if (open.replace(use.file(), before, before.with(1))) {
                    return;
                }
                continue;
            }
            ValueFile opened = ValueFile.open(directory, use.file(), cache);
            if (open.putIfAbsent(use.file(), new Held(opened, 1)) == null) {
                return;
            }
            opened.release();
        }
    }

    /**
     * Lets go of files; those that nobody holds are closed.
     *
     * @param obsolete whether no manifest names the table any more: then they are deleted too
     */
    public void release(List<ValueUse> uses, boolean obsolete) {
        uses.forEach(use -> open.compute(use.file(), (number, held) -> {
            if (held.tables > 1) {
                return held.with(-1);
            }
            if (obsolete && !closing) {
                held.file.releaseObsolete();
            } else {
                held.file.release();
            }
            return null;
        }));
    }

    /** What is wrong with the files that a retained table points to, as far as can be told without reading values. */
    public Optional<CorruptDataException> damage(List<ValueUse> uses) {
        return uses.stream()
                .flatMap(use -> open.get(use.file()).file.damage(use.end()).stream())
                .findFirst();
    }

    @Override
    public byte[] read(EntryKey place, ValuePointer pointer) {
        ValueFile file = retained(pointer);
        try {
            return file.read(place, pointer, packing);
        } finally {
            file.release();
        }
    }

    @Override
    public <T> T use(EntryKey place, ValuePointer pointer, RecordUse<T> use) {
        ValueFile file = retained(pointer);
        try {
            Optional<T> cached = file.useCached(pointer, use);
            return cached.isPresent() ? cached.get() : file.use(place, pointer, packing, use);
        } finally {
            file.release();
        }
    }

    /**
     * Checks a value in its file, without unpacking it.
     *
     * @throws CorruptDataException when it is damaged
     * @throws ValueGoneException when its file was deleted
     */
    public void verify(EntryKey place, ValuePointer pointer) {
        ValueFile file = retained(pointer);
        try {
            file.verify(place, pointer, packing);
        } finally {
            file.release();
        }
    }

    /** Begins to write the large records of a new sorted table, whose number the file gets. */
    public ValueSink sink(long number, Compression compression, int separateBytes, Set<Long> relocated) {
        return new ValueSink(directory, packing, compression, number, separateBytes, relocated);
    }

    /** Begins to write the large records that go to a segment of the log. */
    public ValueLog log(long segment, int directBytes) {
        return new ValueLog(directory, packing, segment, directBytes);
    }

    /** Holds the value file beside a segment, if there is one, as long as the segment is needed; store thread. */
    public void retainOf(long segment) throws IOException {
        ValueUse use = new ValueUse(ValueLog.fileOf(segment), 0, 0);
        if (!segments.contains(segment) && directory.list().contains(use.fileName())) {
            retain(List.of(use));
            segments.add(segment);
        }
    }

    /** Lets go of the value file beside a segment that was removed; store thread. */
    public void releaseOf(long segment) throws IOException {
        if (!segments.remove(segment)) {
            return;
        }
        try {
            release(List.of(new ValueUse(ValueLog.fileOf(segment), 0, 0)), true);
        } catch (UncheckedIOException e) {
            throw new IOException("the value file of a log segment stays", e);
        }
    }

    /** Names of the value files beside segments that are needed still; store thread. */
    public List<String> segmentFiles() {
        return segments.stream()
                .map(segment -> ValueFile.fileName(ValueLog.fileOf(segment)))
                .toList();
    }

    /** Lets go of the files beside all segments, which are needed still; after all threads have ended. */
    public void releaseSegments() {
        segments.forEach(segment -> release(List.of(new ValueUse(ValueLog.fileOf(segment), 0, 0)), false));
        segments.clear();
    }

    /** Makes the value file beside a segment of a former life durable. */
    public void syncOf(long segment) throws IOException {
        String name = ValueFile.fileName(ValueLog.fileOf(segment));
        if (directory.list().contains(name)) {
            directory.syncFile(name);
            directory.sync();
        }
    }

    /** As {@link #syncOf}, also after a sync that failed: as far as the file can be read. */
    public void rewriteOf(long segment) throws IOException {
        String name = ValueFile.fileName(ValueLog.fileOf(segment));
        if (directory.list().contains(name)) {
            directory.rewriteFile(name);
            directory.sync();
        }
    }

    /** Length of an open file; 0 when it is not open, or cannot be read. */
    public long sizeBytes(long number) {
        Held held = open.get(number);
        return held == null ? 0 : held.file.sizeBytes();
    }

    /** Bytes of all open files; any thread. */
    public long sizeBytes() {
        return open.values().stream().mapToLong(held -> held.file.sizeBytes()).sum();
    }

    /** Deletes the file that was written with a sorted table which could not be opened, if there is one. */
    public void delete(long number) throws IOException {
        directory.delete(ValueFile.fileName(number));
    }

    /** Deletes the files of former lives that no table points to; before any thread works. */
    public void tidy() throws IOException {
        Set<String> held =
                Set.copyOf(open.keySet().stream().map(ValueFile::fileName).toList());
        for (String name : directory.list()) {
            if (name.endsWith(ValueFile.SUFFIX) && !held.contains(name)) {
                directory.delete(name);
            }
        }
        directory.sync();
    }

    /** From now on nothing is deleted: the engine is being closed. */
    public void close() {
        closing = true;
    }

    private ValueFile retained(ValuePointer pointer) {
        Held held = open.get(pointer.file());
        if (held == null || !held.file.retain()) {
            throw new ValueGoneException(ValueFile.fileName(pointer.file()));
        }
        return held.file;
    }
}
