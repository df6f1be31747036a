package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.value.ValueUse;
import io.annulus.storage.value.ValueUses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes one sorted table; one thread. The file is durable once {@link #finish} returned and its directory was synced. */
public final class SSTableWriter {

    /** Plain bytes of entries after which a block is closed; below 64 KiB, since offsets of entries take two bytes. */
    static final int BLOCK_BYTES = 4 << 10;

    /** Blocks are gathered to so much: a call of the system for each would cost as much as all else but packing it. */
    private static final int PIECE_BYTES = 64 << 10;

    private final SSTableSpec spec;
    private final OutputFile file;
    private final BlockCodec codec;
    private final BlockIndex.Builder index = new BlockIndex.Builder();
    private final TokenFilter filter;
    private final ValueUses values = new ValueUses();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    private byte[] block = new byte[2 * BLOCK_BYTES];
    private int filled;
    private int entriesOfBlock;
    private EntryKey firstOfBlock;
    private EntryKey first;
    private EntryKey last;
    private long entries;
    private long removals;
    private long offset;

    /** Writes to a new file, which stays the caller's to close. */
    public SSTableWriter(SSTableSpec spec, OutputFile file, BlockCodec codec) {
        this.spec = spec;
        this.file = file;
        this.codec = codec;
        this.filter = TokenFilter.sizedFor(spec.maxEntries(), spec.layout().filterBits());
    }

    /** Adds an entry, which sorts after all added before. */
    public void add(StoredEntry entry) throws IOException {
        EntryKey place = entry.place();
        if (last != null && place.compareTo(last) <= 0) {
            throw new IllegalStateException("entry of token " + place.token() + " does not sort after " + last.token());
        }
        int most = EntryFormat.maxBytes(entry);
        if (block.length - filled < most) {
            block = Arrays.copyOf(block, filled + most);
        }
        int end = EntryFormat.write(entry, block, filled);
        if (filled > 0 && (end > BLOCK_BYTES || entriesOfBlock == BlockTable.MOST_ENTRIES)) {
            int begin = filled;
            closeBlock();
            System.arraycopy(block, begin, block, 0, end - begin);
            end -= begin;
        }
        if (filled == 0) {
            firstOfBlock = place;
        }
        filled = end;
        entriesOfBlock++;
        filter.add(place.token());
        entry.pointer().ifPresent(values::add);
        first = first == null ? place : first;
        last = place;
        entries++;
        removals += entry.kind() == EntryKind.REMOVAL ? 1 : 0;
    }

    /** Whether nothing was added: then there is no table to finish. */
    public boolean isEmpty() {
        return entries == 0;
    }

    /** Ends the file and syncs it; nothing is known of the ranks of its records. */
    public SSTableInfo finish() throws IOException {
        return finish(SSTable.ANY_RANK);
    }

    /**
     * Ends the file and syncs it.
     *
     * @param mostRank no record has a greater rank; {@link SSTable#ANY_RANK} unless all entries are records that have one
     */
    public SSTableInfo finish(long mostRank) throws IOException {
        if (isEmpty()) {
            throw new IllegalStateException("sorted table " + spec.number() + " has no entry");
        }
        closeBlock();
        Footer.Part indexPart = write(index.write());
        Footer.Part filterPart = write(filter.write());
        Footer.Part metadataPart = write(metadata(mostRank));
        write(new Footer(indexPart, filterPart, metadataPart).write(spec.number(), offset));
        writePiece();
        file.sync();
        Token firstToken = first.token();
        return new SSTableInfo(
                spec.number(),
                spec.table(),
                offset,
                entries,
                removals,
                firstToken,
                last.token(),
                spec.firstSequence(),
                spec.lastSequence(),
                values.toList());
    }

    private void closeBlock() throws IOException {
        ByteBuffer packed = codec.pack(spec.layout().compression(), block, filled);
        index.add(write(packed), firstOfBlock, last);
        filled = 0;
        entriesOfBlock = 0;
    }

    private Footer.Part write(ByteBuffer bytes) throws IOException {
        Footer.Part part = new Footer.Part(offset, bytes.remaining(), Checksum.of(spec.number(), offset, bytes));
        offset += bytes.remaining();
        if (bytes.remaining() > piece.remaining()) {
            writePiece();
        }
        if (bytes.remaining() > piece.remaining()) {
            file.write(bytes);
        } else {
            piece.put(bytes);
        }
        return part;
    }

    private void writePiece() throws IOException {
        file.write(piece.flip());
        piece.clear();
    }

    private ByteBuffer metadata(long mostRank) {
        byte[] name = spec.tableName().getBytes(StandardCharsets.UTF_8);
        List<ValueUse> uses = values.toList();
        ByteBuffer bytes = ByteBuffer.allocate(56 + name.length + ValueUse.sizeBytes(uses));
        bytes.putLong(spec.number()).putInt(spec.table()).putInt(name.length).put(name);
        bytes.putLong(entries).putLong(removals);
        bytes.putLong(spec.firstSequence()).putLong(spec.lastSequence()).putLong(mostRank);
        ValueUse.write(uses, bytes);
        return bytes.flip();
    }
}
