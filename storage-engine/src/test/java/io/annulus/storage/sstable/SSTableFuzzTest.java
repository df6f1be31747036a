package io.annulus.storage.sstable;

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
import io.annulus.storage.quarantine.TokenRange;
import io.annulus.storage.testkit.Fuzz;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.value.ValueFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every decoder of sorted tables on bytes that nobody wrote, most of them under checksums that match. */
@Timeout(3600)
class SSTableFuzzTest {

    private static final List<Class<? extends Exception>> NOT_ONE = List.of(RuntimeException.class);

    private final Random random = Seed.random("SSTableFuzzTest");
    private final Fuzz fuzz = new Fuzz(random);
    private final SimulatedFiles disk = Seed.disk(random);
    private final Directory directory = SimulatedDirectory.top(disk);
    private final BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());
    private final ValueFiles values = new ValueFiles(directory, codec);
    private final BlockCodec safeCodec = new BlockCodec(LZ4Factory.safeInstance());

    @Test
    void footers() throws IOException {
        SSTableInfo info = write();
        byte[] file = disk.contents().get(info.fileName());
        byte[] valid = Arrays.copyOfRange(file, file.length - Footer.BYTES, file.length);
        long offset = file.length - Footer.BYTES;
        assertTrue(fuzz.run(
                        valid,
                        bytes -> {
                            ByteBuffer footer = ByteBuffer.wrap(Arrays.copyOf(bytes, Footer.BYTES));
                            footer.putInt(Footer.BYTES - 4, Checksum.of(1, offset, footer.slice(0, Footer.BYTES - 4)));
                            Footer read = Footer.read(footer, 1, offset);
                            assertTrue(read.index().length() <= offset);
                        },
                        List.of(IllegalArgumentException.class))
                > 0);
    }

    /** Blocks as they are met behind a checksum that matches; both implementations of LZ4. */
    @Test
    void blocks() {
        blocks(Compression.LZ4);
    }

    @Test
    void blocksOfZstandard() {
        blocks(Compression.ZSTD);
    }

    private void blocks(Compression compression) {
        byte[] plain = BlockTest.bytes(model().keySet());
        ByteBuffer packed = codec.pack(compression, plain, plain.length);
        byte[] valid = new byte[packed.remaining()];
        packed.get(valid);
        for (BlockCodec each : List.of(codec, safeCodec)) {
            assertTrue(
                    fuzz.run(valid, bytes -> read(BlockTest.block(each.unpack(ByteBuffer.wrap(bytes)))), NOT_ONE) > 0);
            assertTrue(fuzz.run(
                            valid,
                            bytes -> {
                                ByteBuffer direct =
                                        ByteBuffer.allocateDirect(bytes.length).put(bytes);
                                read(BlockTest.block(each.unpack(direct.flip())));
                            },
                            NOT_ONE)
                    > 0);
        }
    }

    @Test
    void plainBlocks() {
        assertTrue(fuzz.run(
                        BlockTest.bytes(model().keySet()),
                        bytes -> read(BlockTest.block(bytes)),
                        List.of(IllegalArgumentException.class))
                > 0);
    }

    @Test
    void filters() {
        TokenFilter filter = TokenFilter.sizedFor(100, 10);
        filter.add(new Token(1, 1));
        ByteBuffer written = filter.write();
        byte[] valid = new byte[written.remaining()];
        written.get(valid);
        assertTrue(fuzz.run(
                        valid,
                        bytes -> {
                            TokenFilter read = TokenFilter.read(ByteBuffer.wrap(bytes));
                            read.mayContain(new Token(random.nextLong(), random.nextLong()));
                        },
                        NOT_ONE)
                > 0);
    }

    /** All parts but the blocks, sealed by checksums that match, in a file that is opened and read. */
    @Test
    void filesWhosePartsWereChanged() throws IOException {
        SSTableInfo info = write();
        byte[] file = disk.contents().get(info.fileName());
        Footer footer = Footer.read(
                ByteBuffer.wrap(file, file.length - Footer.BYTES, Footer.BYTES).slice(), 1, file.length - Footer.BYTES);
        for (int changed = 0; changed < 3; changed++) {
            int part = changed;
            List<Footer.Part> parts = List.of(footer.index(), footer.filter(), footer.metadata());
            byte[] valid = bytes(file, parts.get(part));
            int refused = fuzz.run(
                    valid,
                    bytes -> {
                        byte[] odd = sealed(file, footer, part, bytes);
                        disk.overwrite(info.fileName(), odd);
                        SSTableInfo now = sized(info, odd.length);
                        SSTable table = SSTable.open(directory, now, new BlockStore(codec, new BlockCache(0), values));
                        try {
                            walk(table);
                        } finally {
                            table.release();
                        }
                    },
                    List.of(CorruptDataException.class));
            assertTrue(refused > 0, "part " + part);
        }
    }

    private void walk(SSTable table) throws IOException {
        for (int i = 0; i < 5; i++) {
            EntryKey place = place(random.nextInt(40));
            if (table.mayContain(place.token())) {
                table.load(table.blockOf(place)).find(place);
            }
        }
        EntryCursor cursor = table.cursor(EntryKey.first(TokenRange.LEAST));
        while (cursor.next()) {
            assertTrue(cursor.entry().record().length < 1 << 20);
        }
        TableCheck check = new TableCheck(table, Optional.empty(), 0);
        check.checkAll();
        if (!check.damages().isEmpty()) {
            throw check.damages().get(0);
        }
    }

    private static void read(Block block) {
        for (int i = 0; i < block.entries(); i++) {
            StoredEntry entry = block.entry(i);
            block.find(entry.place());
            block.lowerBound(entry.place());
        }
    }

    private static byte[] sealed(byte[] file, Footer footer, int part, byte[] changed) {
        List<Footer.Part> parts = List.of(footer.index(), footer.filter(), footer.metadata());
        ByteBuffer odd = ByteBuffer.allocate(file.length + changed.length);
        odd.put(file, 0, (int) footer.index().offset());
        Footer.Part[] written = new Footer.Part[3];
        for (int i = 0; i < 3; i++) {
            byte[] content = i == part ? changed : bytes(file, parts.get(i));
            int crc = Checksum.of(1, odd.position(), ByteBuffer.wrap(content));
            written[i] = new Footer.Part(odd.position(), content.length, crc);
            odd.put(content);
        }
        odd.put(new Footer(written[0], written[1], written[2]).write(1, odd.position()));
        return Arrays.copyOf(odd.array(), odd.position());
    }

    private static byte[] bytes(byte[] file, Footer.Part part) {
        return Arrays.copyOfRange(file, (int) part.offset(), (int) part.offset() + part.length());
    }

    private static SSTableInfo sized(SSTableInfo info, int size) {
        return new SSTableInfo(
                info.number(),
                info.table(),
                size,
                info.entries(),
                info.removals(),
                info.first(),
                info.last(),
                info.firstSequence(),
                info.lastSequence(),
                info.values());
    }

    private SSTableInfo write() throws IOException {
        TreeMap<EntryKey, StoredEntry> entries = model();
        SSTableSpec spec = new SSTableSpec(1, 3, "table", SSTableLayout.of(TableOptions.DEFAULT), entries.size(), 1, 9);
        try (OutputFile file = directory.create(SSTableInfo.fileName(1))) {
            SSTableWriter writer = new SSTableWriter(spec, file, codec);
            for (StoredEntry entry : entries.values()) {
                writer.add(entry);
            }
            return writer.finish();
        }
    }

    private TreeMap<EntryKey, StoredEntry> model() {
        TreeMap<EntryKey, StoredEntry> entries = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            byte[] record = new byte[random.nextInt(700)];
            random.nextBytes(record);
            EntryKey place = place(i);
            entries.put(place, new StoredEntry(place, EntryKind.RECORD, record));
        }
        return entries;
    }

    private static EntryKey place(int i) {
        byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
        return new EntryKey(i % 3 == 0 ? new Token(77, 77) : Token.of(key), key);
    }
}
