package io.annulus.storage;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.RecordUse;
import io.annulus.storage.merge.ValueGoneException;
import io.annulus.storage.quarantine.Healed;
import io.annulus.storage.sstable.Answer;
import io.annulus.storage.sstable.SSTable;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads one table on the threads of its callers: any number of threads that may block, at the same time, without the loop. A read
 * sees every write that was acknowledged before it began. Good until the engine is closed.
 *
 * <p>A read takes no lock: it works on one immutable view of the runs; memtables and cached blocks are read as they are; a file
 * is held only while a block is read from it. When a file is gone before that, a newer view has the answer.
 */
public final class TableReader {

    private final LsmTable table;
    private final Quarantine quarantine;
    private final ReadCounts counts;
    private final BooleanSupplier closed;
    private final Consumer<String> trouble;
    private final ReadTurns turns;

    TableReader(
            LsmTable table,
            Quarantine quarantine,
            ReadCounts counts,
            BooleanSupplier closed,
            Consumer<String> trouble,
            ReadTurns turns) {
        this.table = table;
        this.quarantine = quarantine;
        this.counts = counts;
        this.closed = closed;
        this.trouble = trouble;
        this.turns = turns;
    }

    /**
     * The record of a key, which may not be changed; empty when the table certainly holds none.
     *
     * @throws CorruptDataException when a damaged range might hold it
     * @throws StorageFullException when the storage is closed
     */
    public Optional<byte[]> read(Token token, byte[] key) {
        return read(token, key, Versions::record);
    }

    /**
     * What is taken of the record of a key, which may not be changed; empty when the table certainly holds none.
     *
     * @throws CorruptDataException when a damaged range might hold it
     * @throws StorageFullException when the storage is closed
     */
    public <T> Optional<T> read(Token token, byte[] key, RecordUse<T> use) {
        return read(token, key, versions -> versions.use(use));
    }

    private <T> Optional<T> read(Token token, byte[] key, Function<Versions, Optional<T>> end) {
        EntryKey place = new EntryKey(token, key);
        while (!closed.getAsBoolean()) {
            try {
                // In this order: who sees a healed range finds the records that healed it.
                Healed healed = quarantine.healed(table.number());
                TableView view = table.view();
                Versions versions = Versions.of(view, healed, place, table.join(), this::find);
                if (versions.isComplete()) {
                    versions.count(counts);
                    return ended(versions, view, healed, end);
                }
            } catch (ValueGoneException e) {
                // A newer view has the answer.
                continue;
            } catch (CorruptDataException e) {
                trouble.accept(e.getMessage());
                throw e;
            }
        }
        throw new StorageFullException("storage is closed");
    }

    private <T> Optional<T> ended(
            Versions versions, TableView view, Healed healed, Function<Versions, Optional<T>> end) {
        try {
            return versions.isInMemory() ? end.apply(versions) : turns.read(() -> end.apply(versions));
        } catch (CorruptRecordException e) {
            versions.blame(view, healed, this::find);
            throw Reads.unreadable(e);
        }
    }

    /** What a block says; it is missing when its table was deleted. */
    private Answer find(int run, SSTable table, int number, EntryKey place) {
        Answer cached = table.cached(number, place);
        if (!cached.isMissing() || !table.retain()) {
            return cached;
        }
        try {
            return turns.read(() -> table.load(number, place));
        } finally {
            table.release();
        }
    }
}
