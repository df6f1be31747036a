package io.annulus.storage;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.memtable.Memtable;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.MergeCursor;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.quarantine.Healed;
import io.annulus.storage.quarantine.TokenRange;
import io.annulus.storage.quarantine.TokenRanges;
import io.annulus.storage.sstable.Damage;
import io.annulus.storage.sstable.SSTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * One table. Its view is replaced by the log thread (a memtable is frozen) and by the store thread (runs are written out or
 * merged), and read by the loop and the read threads.
 */
final class LsmTable implements Table {

    private static final int MAX_SCAN = 1024;

    private final int number;
    private final TableSpec spec;

    /** How it is kept; set by the loop, read by all threads. */
    private volatile TableOptions options;

    private final CommitPipeline pipeline;
    private final Reads reads;
    private final Quarantine quarantine;
    private final AtomicReference<TableView> view;
    private final TableCounts counts = new TableCounts();

    LsmTable(int number, TableSpec spec, CommitPipeline pipeline, Reads reads, Quarantine quarantine, TableView view) {
        this.number = number;
        this.spec = spec;
        this.options = spec.options();
        this.pipeline = pipeline;
        this.reads = reads;
        this.quarantine = quarantine;
        this.view = new AtomicReference<>(view);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
        EntryKey place = checkedPlace(token, key);
        try {
            spec.join().verify(record);
        } catch (CorruptRecordException e) {
            completion.onFailure(new CorruptDataException(
                    "a record for table " + name() + ", token " + token + " was handed in damaged: " + e.getMessage(),
                    e));
            return;
        }
        pipeline.submit(new PendingWrite(
                this, new StoredEntry(place, EntryKind.RECORD, record), options.durability(), completion));
    }

    @Override
    public void remove(Token token, byte[] key, Completion<Durability> completion) {
        if (!name().startsWith("_")) {
            throw new UnsupportedOperationException(
                    "table " + name() + " holds replicated data: a delete is a record that is appended");
        }
        StoredEntry removal = StoredEntry.removal(checkedPlace(token, key));
        pipeline.submit(new PendingWrite(this, removal, options.durability(), completion));
    }

    @Override
    public void read(Token token, byte[] key, Completion<Optional<byte[]>> completion) {
        read(new EntryKey(token, key), completion);
    }

    @Override
    public void scan(Token from, Token to, Optional<byte[]> afterKey, int limit, Completion<List<Entry>> completion) {
        if (to.compareTo(from) < 0) {
            completion.onResult(List.of());
            return;
        }
        scan(new TokenRange(from, to), afterKey, limit, false, completion);
    }

    /** As a scan, but what is damaged is passed over; loop. */
    void remains(TokenRange range, Optional<byte[]> afterKey, int limit, Completion<List<Entry>> completion) {
        scan(range, afterKey, limit, true, completion);
    }

    private void scan(
            TokenRange range,
            Optional<byte[]> afterKey,
            int limit,
            boolean isOfRemains,
            Completion<List<Entry>> completion) {
        if (limit < 1 || limit > MAX_SCAN) {
            throw new IllegalArgumentException("limit " + limit + " of a scan is not 1 to " + MAX_SCAN);
        }
        EntryKey start =
                afterKey.map(key -> new EntryKey(range.from(), key)).orElseGet(() -> EntryKey.first(range.from()));
        while (!pipeline.isClosed()) {
            // In this order: who sees a healed range finds the records that healed it.
            Healed healed = quarantine.healed(number);
            TableView now = view.get();
            List<SSTable> overlapping = now.overlapping(range.from(), range.to());
            if (retained(overlapping)) {
                reads.submit(
                        overlapping,
                        () -> collect(
                                runs(now, sources(overlapping, healed, isOfRemains), start, range.to()),
                                range.to(),
                                afterKey.map(key -> start),
                                limit),
                        completion);
                return;
            }
        }
        completion.onFailure(new StorageFullException("storage is closed"));
    }

    /** What was written to it; any thread. */
    TableCounts counts() {
        return counts;
    }

    int number() {
        return number;
    }

    TableOptions options() {
        return options;
    }

    /** Keeps it another way from now on; loop. */
    void keep(TableOptions other) {
        options = other;
    }

    RecordJoin join() {
        return spec.join();
    }

    TableView view() {
        return view.get();
    }

    /** Replaces the view; log or store thread. */
    void change(Function<TableView, TableView> change) {
        view.updateAndGet(change::apply);
    }

    /** Freezes the active memtable and puts an empty one in its place; log thread. */
    Memtable freeze() {
        Memtable frozen = view.get().active();
        change(now -> now.withActive(new Memtable(frozen.count())));
        return frozen;
    }

    private static EntryKey checkedPlace(Token token, byte[] key) {
        if (key.length > EntryKey.MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key of " + key.length + " bytes is longer than " + EntryKey.MAX_KEY_BYTES);
        }
        return new EntryKey(token, key);
    }

    private void read(EntryKey place, Completion<Optional<byte[]>> completion) {
        if (pipeline.isClosed()) {
            completion.onFailure(new StorageFullException("storage is closed"));
            return;
        }
        // In this order: who sees a healed range finds the records that healed it.
        Healed healed = quarantine.healed(number);
        Lookup lookup = new Lookup(view.get(), healed, place, join());
        reads.end(lookup, () -> read(place, completion), completion);
    }

    private record Source(SSTable sstable, TokenRanges passedOver) {}

    private static List<Source> sources(List<SSTable> sstables, Healed healed, boolean isOfRemains) {
        List<Source> sources = new ArrayList<>();
        for (SSTable sstable : sstables) {
            TokenRanges passedOver = healed.hiddenIn(sstable.info().lastSequence());
            if (isOfRemains) {
                for (Damage damage : sstable.damages()) {
                    passedOver = passedOver.with(damage.range());
                }
            }
            sources.add(new Source(sstable, passedOver));
        }
        return sources;
    }

    private static List<EntryCursor> runs(TableView view, List<Source> sstables, EntryKey start, Token to) {
        List<EntryCursor> runs = new ArrayList<>();
        runs.add(view.active().cursor(start));
        view.frozen().forEach(memtable -> runs.add(memtable.cursor(start)));
        sstables.forEach(source -> runs.add(source.sstable().cursor(start, to, source.passedOver())));
        return runs;
    }

    private List<Entry> collect(List<EntryCursor> runs, Token to, Optional<EntryKey> skipped, int limit)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        MergeCursor merged = new MergeCursor(runs, join());
        while (entries.size() < limit && merged.next()) {
            StoredEntry entry = merged.entry();
            EntryKey place = entry.place();
            if (place.token().compareTo(to) > 0) {
                break;
            }
            boolean wanted = skipped.isEmpty() || place.compareTo(skipped.get()) != 0;
            if (wanted && entry.kind().hasRecord()) {
                join().verify(entry.record());
                entries.add(new Entry(place.token(), place.key(), entry.record()));
            }
        }
        return entries;
    }

    private static boolean retained(List<SSTable> sstables) {
        for (int i = 0; i < sstables.size(); i++) {
            if (!sstables.get(i).retain()) {
                sstables.subList(0, i).forEach(SSTable::release);
                return false;
            }
        }
        return true;
    }
}
