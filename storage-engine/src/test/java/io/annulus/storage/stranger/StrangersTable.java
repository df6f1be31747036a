package io.annulus.storage.stranger;

import io.airlift.compress.zstd.ZstdDecompressor;
import io.annulus.storage.stranger.StrangersManifest.FileInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jpountz.lz4.LZ4Factory;

/** A file of the folder "sstables". */
final class StrangersTable {

    private static final int FOOTER_BYTES = 60;
    private static final int POINTED = 16;

    private final StrangersValues values;
    private final FileInfo info;
    private final ByteBuffer file;
    private final List<Row> rows = new ArrayList<>();

    private StrangersTable(Path directory, FileInfo info, ByteBuffer file) {
        this.values = new StrangersValues(directory);
        this.info = info;
        this.file = file;
    }

    /** Its entries, in order. */
    static List<Row> read(Path directory, FileInfo info, String tableName) throws IOException {
        Path path = directory.resolve("sstables").resolve(String.format(Locale.ROOT, "%010d.sst", info.number()));
        StrangersTable table = new StrangersTable(directory, info, ByteBuffer.wrap(Files.readAllBytes(path)));
        Bytes.require(table.file.limit() == info.size(), "size of " + path);
        table.read(tableName);
        return table.rows;
    }

    private void read(String tableName) throws IOException {
        int footer = file.limit() - FOOTER_BYTES;
        ByteBuffer ends = checked(footer, FOOTER_BYTES - 4, file.getInt(file.limit() - 4));
        Bytes.require(ends.getInt() == 0x414e5331, "magic ANS1");
        Bytes.require(ends.getInt() == 4, "version of a sorted table");
        ByteBuffer index = part(ends);
        ByteBuffer filter = part(ends);
        ByteBuffer metadata = part(ends);
        readMetadata(metadata, tableName);
        readIndex(index);
        Bytes.require(rows.size() == info.entries(), "number of entries");
        Bytes.require(rows.stream().filter(row -> row.kind() == 2).count() == info.removals(), "number of removals");
        Bytes.require(Arrays.equals(token(rows.get(0)), info.first()), "first token");
        Bytes.require(Arrays.equals(token(rows.get(rows.size() - 1)), info.last()), "last token");
        for (int i = 1; i < rows.size(); i++) {
            Bytes.require(rows.get(i - 1).isBefore(rows.get(i)), "order of entries");
        }
        StrangersFilter lines = new StrangersFilter(filter);
        rows.forEach(row -> Bytes.require(lines.mayContain(ByteBuffer.wrap(row.place())), "the filter"));
    }

    private void readMetadata(ByteBuffer from, String tableName) {
        Bytes.require(from.getLong() == info.number(), "file number");
        from.getInt();
        Bytes.require(Bytes.text(from).equals(tableName), "name of the table");
        Bytes.require(from.getLong() == info.entries(), "entries in the metadata");
        Bytes.require(from.getLong() == info.removals(), "removals in the metadata");
    }

    private void readIndex(ByteBuffer from) throws IOException {
        int offset = 0;
        for (int left = from.getInt(); left > 0; left--) {
            int length = from.getInt();
            ByteBuffer block = checked(offset, length, from.getInt());
            byte[] firstToken = Bytes.take(from, 16);
            byte[] firstKey = Bytes.take(from, from.getInt());
            int firstRow = rows.size();
            readBlock(unpacked(block));
            Row first = rows.get(firstRow);
            Bytes.require(Arrays.equals(token(first), firstToken), "first token of a block");
            boolean sharesToken = firstRow > 0 && Arrays.equals(token(rows.get(firstRow - 1)), firstToken);
            byte[] expected = sharesToken ? Arrays.copyOfRange(first.place(), 16, first.place().length) : new byte[0];
            Bytes.require(Arrays.equals(firstKey, expected), "first key of a block");
            offset += length;
        }
    }

    /** The plain bytes of a block. */
    static ByteBuffer unpacked(ByteBuffer block) {
        int codec = block.get();
        byte[] plain = new byte[block.getInt()];
        byte[] packed = Bytes.take(block, block.remaining());
        if (codec == 0) {
            return ByteBuffer.wrap(packed);
        }
        if (codec == 2) {
            int length = new ZstdDecompressor().decompress(packed, 0, packed.length, plain, 0, plain.length);
            Bytes.require(length == plain.length, "length of a block");
            return ByteBuffer.wrap(plain);
        }
        Bytes.require(codec == 1, "codec of a block");
        int length = LZ4Factory.safeInstance().safeDecompressor().decompress(packed, 0, packed.length, plain, 0);
        Bytes.require(length == plain.length, "length of a block");
        return ByteBuffer.wrap(plain);
    }

    private void readBlock(ByteBuffer block) throws IOException {
        int entries = 0;
        for (; block.hasRemaining(); entries++) {
            int kindByte = block.get();
            int kind = kindByte & 127;
            int keyBytes = (int) Bytes.number(block);
            int recordBytes = (int) Bytes.number(block);
            byte[] given = Bytes.take(block, kindByte < 0 ? 16 : 0);
            byte[] key = Bytes.take(block, keyBytes);
            byte[] token = kindByte < 0 ? given : StrangersHash.of(key);
            byte[] record = Bytes.take(block, recordBytes);
            rows.add(
                    kind < POINTED
                            ? Row.of(token, kind, key, record)
                            : Row.of(token, kind - POINTED, key, values.read(token, key, ByteBuffer.wrap(record))));
        }
        Bytes.require(entries >= 1 && entries <= 254, "number of entries of a block");
    }

    private static byte[] token(Row row) {
        return Arrays.copyOf(row.place(), 16);
    }

    private ByteBuffer part(ByteBuffer footer) {
        return checked((int) footer.getLong(), footer.getInt(), footer.getInt());
    }

    /** Bytes whose checksum also covers the file's number and their offset. */
    private ByteBuffer checked(int offset, int length, int crc) {
        ByteBuffer place =
                ByteBuffer.allocate(16).putLong(info.number()).putLong(offset).flip();
        Bytes.require(Bytes.crc(place, file.slice(offset, length)) == crc, "checksum at " + offset);
        return file.slice(offset, length);
    }
}
