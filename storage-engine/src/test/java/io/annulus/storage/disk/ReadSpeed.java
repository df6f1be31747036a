package io.annulus.storage.disk;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.TableOptions;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.sstable.Answer;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.sstable.BlockStore;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.SSTableInfo;
import io.annulus.storage.sstable.SSTableLayout;
import io.annulus.storage.sstable.SSTableSpec;
import io.annulus.storage.sstable.SSTableWriter;
import io.annulus.storage.value.ValueFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;

/**
 * Measures lookups of uniform keys in one sorted table on one thread, in processor time, which neighbours disturb little.
 * Arguments: folder, entries, bytes of a value.
 */
final class ReadSpeed {

    private static final int LOOKUPS = 1_000_000;
    private static final int ROUNDS = 5;
    private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();

    private final int entries;
    private final byte[] value;

    private ReadSpeed(int entries, int valueBytes) {
        this.entries = entries;
        this.value = new byte[valueBytes];
        // Half of it is compressible.
        byte[] noise = new byte[valueBytes / 2];
        new Random(7).nextBytes(noise);
        System.arraycopy(noise, 0, value, 0, noise.length);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        ReadSpeed speed = new ReadSpeed(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Directory directory = new NioDirectory(folder, Syncer.FDATASYNC);
        BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());
        SSTableInfo info = speed.write(directory, codec);
        ValueFiles values = new ValueFiles(directory, codec);
        System.out.printf(
                Locale.ROOT,
                "%d entries of %s bytes, file %d MB%n",
                speed.entries,
                arguments[2],
                info.sizeBytes() >> 20);
        speed.measure("page cache", SSTable.open(directory, info, new BlockStore(codec, new BlockCache(0), values)));
        speed.measure(
                "block cache", SSTable.open(directory, info, new BlockStore(codec, new BlockCache(4L << 30), values)));
        directory.delete(info.fileName());
    }

    private SSTableInfo write(Directory directory, BlockCodec codec) throws IOException {
        EntryKey[] places = new EntryKey[entries];
        for (int i = 0; i < entries; i++) {
            places[i] = place(i);
        }
        Arrays.sort(places);
        directory.delete(SSTableInfo.fileName(1));
        SSTableSpec spec = new SSTableSpec(1, 1, "data", SSTableLayout.of(TableOptions.DEFAULT), entries, 1, entries);
        Random random = new Random(8);
        try (OutputFile file = directory.create(SSTableInfo.fileName(1))) {
            SSTableWriter writer = new SSTableWriter(spec, file, codec);
            for (EntryKey place : places) {
                byte[] record = value.clone();
                for (int i = 0; i < record.length / 2; i += Integer.BYTES) {
                    ByteBuffer.wrap(record).putInt(i, random.nextInt());
                }
                writer.add(new StoredEntry(place, EntryKind.RECORD, record));
            }
            return writer.finish();
        }
    }

    private void measure(String what, SSTable table) {
        Random random = new Random(9);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            EntryKey[] places = new EntryKey[LOOKUPS];
            Arrays.setAll(places, i -> place(random.nextInt(entries)));
            long before = TIMES.getCurrentThreadCpuTime();
            for (EntryKey place : places) {
                if (!table.mayContain(place.token()) || get(table, place).record().length != value.length) {
                    throw new IllegalStateException("lost " + place);
                }
            }
            best = Math.min(best, (TIMES.getCurrentThreadCpuTime() - before) / 1e3 / LOOKUPS);
        }
        System.out.printf(Locale.ROOT, "%s: %.2f us of processor a lookup, %.0f lookups/s%n", what, best, 1e6 / best);
    }

    private static StoredEntry get(SSTable table, EntryKey place) {
        int number = table.blockOf(place);
        Answer cached = table.cached(number, place);
        return (cached.isMissing() ? table.load(number, place) : cached).entry().orElseThrow();
    }

    private static EntryKey place(int i) {
        byte[] key = ByteBuffer.allocate(16).putLong(i).putLong(~i).array();
        return new EntryKey(Token.of(key), key);
    }
}
