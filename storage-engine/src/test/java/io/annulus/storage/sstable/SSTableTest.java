package io.annulus.storage.sstable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.Compression;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.TableOptions;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.value.ValueFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

class SSTableTest {

    private final Random random = Seed.random("SSTableTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final Directory directory = SimulatedDirectory.top(disk);
    private final BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());
    private final BlockStore blocks = new BlockStore(codec, new BlockCache(64 << 10), new ValueFiles(directory, codec));

    @Test
    void everyEntryIsFoundAndNoOther() throws IOException {
        Map<EntryKey, StoredEntry> model = entries(5000, 300);
        SSTable table = SSTable.open(directory, write(1, model), blocks);
        for (int i = 0; i < 10_000; i++) {
            EntryKey place = place(i);
            Optional<StoredEntry> found = get(table, place);
            assertEquals(model.containsKey(place), found.isPresent());
            if (found.isPresent()) {
                assertTrue(table.mayContain(place.token()), "the filter denies a token that is there");
                assertArrayEquals(model.get(place).record(), found.get().record());
                assertEquals(model.get(place).kind(), found.get().kind());
            }
        }
    }

    @Test
    void cursorsWalkFromAnyPlaceToTheEnd() throws IOException {
        TreeMap<EntryKey, StoredEntry> model = entries(3000, 100);
        SSTable table = SSTable.open(directory, write(1, model), blocks);
        for (int i = 0; i < 50; i++) {
            EntryKey from = place(random.nextInt(6000));
            EntryCursor cursor = table.cursor(from);
            for (EntryKey expected : model.tailMap(from, true).keySet()) {
                assertTrue(cursor.next());
                assertEquals(expected, cursor.entry().place());
            }
            assertFalse(cursor.next());
        }
    }

    @Test
    void blocksOfSmallEntriesHaveNoMoreThanAByteCanName() throws IOException {
        TreeMap<EntryKey, StoredEntry> model = entries(3000, 1);
        SSTable table = SSTable.open(directory, write(1, model), blocks);
        int most = 0;
        for (int number = 0; number < table.index().blocks(); number++) {
            most = Math.max(most, table.block(number).entries());
        }
        assertEquals(BlockTable.MOST_ENTRIES, most);
        for (EntryKey place : model.keySet()) {
            assertTrue(get(table, place).isPresent());
        }
    }

    @Test
    void recordsLargerThanABlockAreKept() throws IOException {
        byte[] large = new byte[3 << 20];
        random.nextBytes(large);
        TreeMap<EntryKey, StoredEntry> model = entries(10, 50);
        EntryKey place = place(100_000);
        model.put(place, new StoredEntry(place, EntryKind.RECORD, large));
        SSTable table = SSTable.open(directory, write(1, model), blocks);
        assertArrayEquals(large, get(table, place).orElseThrow().record());
    }

    @Test
    void everyFlippedByteIsDetected() throws IOException {
        TreeMap<EntryKey, StoredEntry> model = entries(150, 200);
        SSTableInfo info = write(1, model);
        byte[] intact = disk.contents().get(info.fileName());
        for (int at = 0; at < intact.length; at++) {
            byte[] damaged = intact.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            disk.overwrite(info.fileName(), damaged);
            SSTable table = SSTable.open(directory, info, blocks);
            assertThrows(CorruptDataException.class, () -> walk(table), "flipped byte " + at);
            assertTrue(table.damage().isPresent());
            getsRightOrDamaged(SSTable.open(directory, info, blocks), model);
        }
        disk.overwrite(info.fileName(), intact);
        assertEquals(150, walk(SSTable.open(directory, info, blocks)));
    }

    /** Looks some keys up, present and absent ones: never a wrong value, and never absent for present. */
    private void getsRightOrDamaged(SSTable table, Map<EntryKey, StoredEntry> model) {
        for (int i = 0; i < 5; i++) {
            EntryKey place = place(random.nextInt(300));
            Optional<StoredEntry> found;
            try {
                found = get(table, place);
            } catch (CorruptDataException e) {
                continue;
            }
            assertEquals(model.containsKey(place), found.isPresent());
            found.ifPresent(entry -> assertArrayEquals(model.get(place).record(), entry.record()));
        }
    }

    @Test
    void theFormerFormatIsRefusedByItsVersion() throws IOException {
        SSTableInfo info = write(1, entries(10, 10));
        ByteBuffer file = ByteBuffer.wrap(disk.contents().get(info.fileName()).clone());
        int footer = file.capacity() - Footer.BYTES;
        file.putInt(footer + 4, 3);
        file.putInt(file.capacity() - 4, Checksum.of(1, footer, file.slice(footer, Footer.BYTES - 4)));
        disk.overwrite(info.fileName(), file.array());
        String message =
                SSTable.open(directory, info, blocks).damage().orElseThrow().getMessage();
        assertTrue(message.contains("format version 3 is not the one known here, 4"), message);
    }

    @Test
    void aDeletedTableLeavesTheCache() throws IOException {
        TreeMap<EntryKey, StoredEntry> model = entries(100, 100);
        SSTable table = SSTable.open(directory, write(1, model), blocks);
        model.keySet().forEach(place -> get(table, place));
        assertTrue(blocks.cache().figures().bytes() > 0);
        table.releaseObsolete();
        assertEquals(0, blocks.cache().figures().bytes());
    }

    @Test
    void walksLeaveTheCacheAsItWas() throws IOException {
        SSTable table = SSTable.open(directory, write(1, entries(100, 100)), blocks);
        walk(table);
        assertEquals(new BlockCache.Figures(0, 0, 0, 0), blocks.cache().figures());
    }

    @Test
    void aTruncatedOrMissingOrSwappedFileStandsForItsRange() throws IOException {
        TreeMap<EntryKey, StoredEntry> model = entries(100, 100);
        SSTableInfo info = write(1, model);
        SSTableInfo other = write(2, model);
        disk.overwrite(info.fileName(), disk.contents().get(other.fileName()));
        SSTable swapped = SSTable.open(directory, info, blocks);
        assertThrows(CorruptDataException.class, () -> get(swapped, model.firstKey()));
        directory.delete(other.fileName());
        SSTable missing = SSTable.open(directory, other, blocks);
        assertTrue(missing.mayContain(model.lastKey().token()));
        assertThrows(CorruptDataException.class, () -> get(missing, model.lastKey()));
    }

    @Test
    void aFileOfTheSameNumberFromAnotherDirectoryDoesNotPass() throws IOException {
        TreeMap<EntryKey, StoredEntry> model = entries(100, 100);
        SSTableInfo mine = write(1, model);
        SSTableInfo[] others = {
            new SSTableInfo(
                    1,
                    mine.table() + 1,
                    mine.sizeBytes(),
                    100,
                    mine.removals(),
                    mine.first(),
                    mine.last(),
                    1,
                    2,
                    List.of()),
            new SSTableInfo(
                    1, mine.table(), mine.sizeBytes(), 99, mine.removals(), mine.first(), mine.last(), 1, 2, List.of()),
            new SSTableInfo(
                    1,
                    mine.table(),
                    mine.sizeBytes(),
                    100,
                    mine.removals(),
                    mine.first(),
                    mine.last(),
                    8,
                    9,
                    List.of()),
        };
        for (SSTableInfo other : others) {
            SSTable table = SSTable.open(directory, other, blocks);
            assertThrows(CorruptDataException.class, () -> get(table, model.firstKey()), other::toString);
        }
    }

    @Test
    void theFilterLetsFewStrangersThrough() {
        int passed = strangersThrough(10);
        assertTrue(passed < 4000, passed + " of 200000 strangers passed, 2 in 100 are too many");
        assertTrue(passed > 0, "a filter that knows everything is not this filter");
    }

    @Test
    void aLargerFilterLetsFewerThrough() {
        assertTrue(strangersThrough(16) < strangersThrough(10) / 3);
        assertTrue(strangersThrough(10) < strangersThrough(5) / 3);
    }

    @Test
    void theFilterIsAsLargeAsTheLayoutSays() throws IOException {
        TreeMap<EntryKey, StoredEntry> entries = entries(1000, 10);
        long small = write(1, entries, new SSTableLayout(Compression.LZ4, 8)).sizeBytes();
        long large = write(2, entries, new SSTableLayout(Compression.LZ4, 24)).sizeBytes();
        assertEquals(2000, large - small, 64);
    }

    private static int strangersThrough(int bitsPerKey) {
        TokenFilter filter = TokenFilter.sizedFor(100_000, bitsPerKey);
        for (int i = 0; i < 100_000; i++) {
            filter.add(Token.of(place(i).key()));
        }
        int passed = 0;
        for (int i = 100_000; i < 300_000; i++) {
            passed += filter.mayContain(Token.of(place(i).key())) ? 1 : 0;
        }
        return passed;
    }

    @Test
    void aReplacedFileGoesOnlyAfterItsLastReader() throws IOException {
        SSTableInfo info = write(1, entries(10, 10));
        SSTable table = SSTable.open(directory, info, blocks);
        assertTrue(table.retain());
        table.releaseObsolete();
        assertEquals(10, walk(table));
        assertTrue(disk.contents().containsKey(info.fileName()));
        table.release();
        assertFalse(disk.contents().containsKey(info.fileName()));
        assertFalse(table.retain());
    }

    private static Optional<StoredEntry> get(SSTable table, EntryKey place) {
        int number = table.blockOf(place);
        Answer cached = table.cached(number, place);
        return cached.isMissing() ? table.load(number, place).entry() : cached.entry();
    }

    private static int walk(SSTable table) throws IOException {
        EntryCursor cursor = table.cursor(EntryKey.first(new Token(0, 0)));
        int entries = 0;
        while (cursor.next()) {
            entries++;
        }
        return entries;
    }

    private SSTableInfo write(long number, Map<EntryKey, StoredEntry> entries) throws IOException {
        return write(number, entries, SSTableLayout.of(TableOptions.DEFAULT));
    }

    private SSTableInfo write(long number, Map<EntryKey, StoredEntry> entries, SSTableLayout layout)
            throws IOException {
        SSTableSpec spec = new SSTableSpec(number, 3, "table", layout, entries.size(), 1, 9);
        try (OutputFile file = directory.create(SSTableInfo.fileName(number))) {
            SSTableWriter writer = new SSTableWriter(spec, file, codec);
            for (StoredEntry entry : entries.values()) {
                writer.add(entry);
            }
            return writer.finish();
        }
    }

    private TreeMap<EntryKey, StoredEntry> entries(int count, int maxBytes) {
        TreeMap<EntryKey, StoredEntry> entries = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            EntryKey place = place(2 * i);
            byte[] record = new byte[random.nextInt(maxBytes)];
            if (random.nextBoolean()) {
                random.nextBytes(record);
            }
            EntryKind kind = EntryKind.of(random.nextInt(3));
            entries.put(place, new StoredEntry(place, kind, kind.hasRecord() ? record : new byte[0]));
        }
        return entries;
    }

    private static EntryKey place(int i) {
        byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
        return new EntryKey(i % 10 == 0 ? new Token(77, 77) : Token.of(key), key);
    }
}
