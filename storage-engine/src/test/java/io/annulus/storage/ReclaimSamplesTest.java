package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.compaction.Reclaim;
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
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

/** What is estimated to be left out of merges, beside what would be. */
class ReclaimSamplesTest {

    private static final int ENTRIES = 4000;
    private static final long EXPIRY = 100;

    /** Of 256 tokens a share is off by less than this but once in a million times. */
    private static final double LEEWAY = 0.16;

    private final SimulatedFiles disk = Seed.disk(Seed.random("ReclaimSamplesTest"));
    private final Directory directory = SimulatedDirectory.top(disk);
    private final BlockCodec codec = new BlockCodec(LZ4Factory.safeInstance());
    private final BlockStore blocks = new BlockStore(codec, new BlockCache(0), new ValueFiles(directory, codec));
    private long now = EXPIRY - 1;
    private long nextFile = 1;

    @Test
    void keysThatNewerTablesHoldAreSuperseded() throws IOException {
        SSTable older = sstable(ReclaimSamplesTest::record);
        SSTable even = sstable(i -> record(2 * i));
        SSTable others = sstable(i -> record(ENTRIES + i));
        Reclaim reclaim = of(even, others, older);
        assertEquals(0.5, reclaim.superseded(2, List.of(0)), LEEWAY);
        assertEquals(0, reclaim.superseded(2, List.of(1)), LEEWAY / 4);
        assertEquals(0.5, reclaim.superseded(2, List.of(0, 1)), LEEWAY);
        assertEquals(0, reclaim.superseded(2, List.of()));
    }

    @Test
    void aKeyThatTwoNewerTablesHoldIsCountedOnce() throws IOException {
        SSTable older = sstable(ReclaimSamplesTest::record);
        SSTable even = sstable(i -> record(2 * i));
        SSTable third = sstable(i -> record(3 * i));
        assertEquals(2.0 / 3, of(third, even, older).superseded(2, List.of(0, 1)), LEEWAY);
        SSTable same = sstable(i -> record(2 * i));
        assertEquals(0.5, of(same, even, older).superseded(2, List.of(0, 1)), LEEWAY);
    }

    @Test
    void removalsAndWhatHasExpiredGoWithTheOldest() throws IOException {
        Reclaim reclaim = of(sstable(i -> i % 4 == 0 ? StoredEntry.removal(place(i)) : record(i)));
        assertEquals(0.25, reclaim.purgeable(0));
        now = EXPIRY;
        assertEquals(1, of(sstable(ReclaimSamplesTest::record)).purgeable(0));
    }

    private Reclaim of(SSTable... newestFirst) {
        TableOptions options = TableOptions.DEFAULT.with(
                (token, key, record, millis) -> millis < EXPIRY ? Optional.of(record) : Optional.empty());
        TableView view = new TableView(new Memtable(), List.of(), List.of(newestFirst));
        LsmTable table = new LsmTable(1, new TableSpec("data", new SetRecords(), options), null, null, null, view);
        return new ReclaimSamples(table, () -> now).of(List.of(newestFirst));
    }

    private SSTable sstable(IntFunction<StoredEntry> entry) throws IOException {
        List<StoredEntry> entries = IntStream.range(0, ENTRIES)
                .mapToObj(entry)
                .sorted(Comparator.comparing(StoredEntry::place))
                .toList();
        return SSTable.open(directory, write(entries), blocks);
    }

    private SSTableInfo write(List<StoredEntry> entries) throws IOException {
        SSTableSpec spec =
                new SSTableSpec(nextFile++, 1, "data", SSTableLayout.of(TableOptions.DEFAULT), ENTRIES, 1, 1);
        try (OutputFile file = directory.create(SSTableInfo.fileName(spec.number()))) {
            SSTableWriter writer = new SSTableWriter(spec, file, codec);
            for (StoredEntry each : entries) {
                writer.add(each);
            }
            return writer.finish();
        }
    }

    /** Of some hundred bytes, so that there are enough blocks. */
    private static StoredEntry record(int number) {
        long[] numbers = LongStream.range(number, number + 50).toArray();
        return new StoredEntry(place(number), EntryKind.RECORD, SetRecords.of(numbers));
    }

    private static EntryKey place(int number) {
        byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        return new EntryKey(Token.of(key), key);
    }
}
