package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.memtable.Memtable;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.sstable.BlockStore;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.SSTableInfo;
import io.annulus.storage.sstable.SSTableLayout;
import io.annulus.storage.sstable.SSTableSpec;
import io.annulus.storage.sstable.SSTableWriter;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.value.ValueFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a merge may leave out, and each source that forbids it (T26, T32). */
class TablePurgeTest {

    private static final long EXPIRY = 100;
    private static final EntryKey PLACE = place(5);
    private static final StoredEntry RECORD = new StoredEntry(PLACE, EntryKind.RECORD, SetRecords.of(1));
    private static final StoredEntry REPLACEMENT = new StoredEntry(PLACE, EntryKind.REPLACEMENT, SetRecords.of(1));
    private static final StoredEntry REMOVAL = StoredEntry.removal(PLACE);

    private final SimulatedFiles disk = Seed.disk(Seed.random("TablePurgeTest"));
    private final Directory directory = SimulatedDirectory.top(disk);
    private final BlockCodec codec = new BlockCodec(LZ4Factory.safeInstance());
    private final BlockStore blocks = new BlockStore(codec, new BlockCache(0), new ValueFiles(directory, codec));
    private final PurgePins pins = new PurgePins();
    private long now = EXPIRY;
    private long nextFile = 1;
    private SSTable input;

    @BeforeEach
    void oneTableIsMerged() throws IOException {
        input = sstable(place(1), PLACE, place(9));
    }

    @Test
    void whatRetentionLetsGoIsLeftOutWhenNothingElseCanHoldTheKey() throws IOException {
        assertEquals(Optional.empty(), kept(RECORD, input));
        assertEquals(Optional.empty(), kept(RECORD, sstable(place(1), place(9)), input, sstable(place(6), place(7))));
        now = EXPIRY - 1;
        assertSame(RECORD, kept(RECORD, input).orElseThrow());
    }

    @Test
    void aMemtableThatHoldsTheKeyForbidsIt() {
        Memtable holding = new Memtable();
        holding.put(RECORD, new SetRecords());
        assertSame(
                RECORD,
                kept(RECORD, new TableView(holding, List.of(), List.of(input))).orElseThrow());
        TableView frozen = new TableView(new Memtable(), List.of(new Memtable(), holding), List.of(input));
        assertSame(RECORD, kept(RECORD, frozen).orElseThrow());
    }

    @Test
    void anotherSortedTableThatMayHoldTheKeyForbidsIt() throws IOException {
        assertSame(RECORD, kept(RECORD, sstable(PLACE), input).orElseThrow());
        assertSame(RECORD, kept(RECORD, input, sstable(place(2), PLACE)).orElseThrow());
    }

    @Test
    void aDamagedSortedTableForbidsItInItsRange() throws IOException {
        assertSame(RECORD, kept(RECORD, input, damaged(place(1), place(9))).orElseThrow());
        assertEquals(Optional.empty(), kept(RECORD, input, damaged(place(6), place(9))));
    }

    @Test
    void aPinForbidsItUntilItIsClosed() {
        PurgePins.Pin pin = pins.pin(place(4).token(), PLACE.token());
        assertSame(RECORD, kept(RECORD, input).orElseThrow());
        assertSame(REMOVAL, kept(REMOVAL, input).orElseThrow());
        PurgePins.Pin elsewhere = pins.pin(place(6).token(), place(7).token());
        pin.close();
        pin.close();
        assertEquals(Optional.empty(), kept(RECORD, input));
        elsewhere.close();
        assertThrows(IllegalArgumentException.class, () -> pins.pin(place(2).token(), place(1).token()));
    }

    @Test
    void whatRemainsOfARecordTakesItsPlaceByTheSameRule() throws IOException {
        byte[] rest = SetRecords.of(7);
        TableView alone = view(input);
        assertSame(rest, purge(alone, rest).kept(RECORD).orElseThrow().record());
        TableView together = view(input, sstable(PLACE));
        assertSame(RECORD, purge(together, rest).kept(RECORD).orElseThrow());
    }

    @Test
    void aRemovalIsNeededForAsLongAsSomethingOlderMayHoldTheKey() throws IOException {
        assertEquals(Optional.empty(), kept(REMOVAL, input));
        assertEquals(Optional.empty(), kept(REMOVAL, sstable(PLACE), input));
        assertSame(REMOVAL, kept(REMOVAL, input, sstable(PLACE)).orElseThrow());
        assertSame(REMOVAL, kept(REMOVAL, input, damaged(place(1), place(9))).orElseThrow());
        assertEquals(Optional.empty(), kept(REMOVAL, input, damaged(place(6), place(9))));
    }

    @Test
    void aReplacementHidesNothingAnyMoreWhenNothingIsOlder() throws IOException {
        now = 0;
        assertEquals(EntryKind.RECORD, kept(REPLACEMENT, input).orElseThrow().kind());
        assertSame(REPLACEMENT, kept(REPLACEMENT, input, sstable(PLACE)).orElseThrow());
    }

    private Optional<StoredEntry> kept(StoredEntry entry, SSTable... newestFirst) {
        return kept(entry, view(newestFirst));
    }

    private Optional<StoredEntry> kept(StoredEntry entry, TableView view) {
        TableOptions options = TableOptions.DEFAULT.with(
                (token, key, record, millis) -> millis < EXPIRY ? Optional.of(record) : Optional.empty());
        return purge(view, options).kept(entry);
    }

    private TablePurge purge(TableView view, byte[] rest) {
        return purge(view, TableOptions.DEFAULT.with((token, key, record, millis) -> Optional.of(rest)));
    }

    private TablePurge purge(TableView view, TableOptions options) {
        LsmTable table = new LsmTable(1, new TableSpec("data", new SetRecords(), options), null, null, null, view);
        return new TablePurge(table, List.of(input), pins, () -> now);
    }

    private static TableView view(SSTable... newestFirst) {
        return new TableView(new Memtable(), List.of(), List.of(newestFirst));
    }

    private SSTable sstable(EntryKey... places) throws IOException {
        return SSTable.open(directory, write(places), blocks);
    }

    private SSTable damaged(EntryKey... places) throws IOException {
        SSTableInfo info = write(places);
        disk.flip(info.fileName(), (int) info.sizeBytes() - 1, 0);
        SSTable table = SSTable.open(directory, info, blocks);
        assertEquals(true, table.damage().isPresent());
        return table;
    }

    private SSTableInfo write(EntryKey... places) throws IOException {
        SSTableSpec spec =
                new SSTableSpec(nextFile++, 1, "data", SSTableLayout.of(TableOptions.DEFAULT), places.length, 1, 1);
        try (OutputFile file = directory.create(SSTableInfo.fileName(spec.number()))) {
            SSTableWriter writer = new SSTableWriter(spec, file, codec);
            for (EntryKey place : places) {
                writer.add(new StoredEntry(place, EntryKind.RECORD, SetRecords.of(2)));
            }
            return writer.finish();
        }
    }

    private static EntryKey place(long number) {
        return new EntryKey(new Token(number << 56, number), new byte[] {(byte) number});
    }
}
