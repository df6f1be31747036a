package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.StoredEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A sorted table that is being read; any thread that has retained it. A table whose index cannot be read still stands for
 * its range of tokens: every lookup there fails, since absent means absent.
 */
public final class SSTable {

    private final Directory directory;
    private final SSTableInfo info;
    private final BlockCodec codec;
    private final InputFile file;
    private final BlockIndex index;
    private final TokenFilter filter;
    private final BlockCache.Slots cached;

    /** Owner and readers; the one that brings it to 0, on any thread, closes the file. */
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Set by the owner before it releases the table, read by whoever releases it last. */
    private volatile boolean obsolete;

    /** Set by the reader that first meets damage, read by compaction and status. */
    private volatile CorruptDataException damage;

    private SSTable(Directory directory, SSTableInfo info, BlockStore blocks, InputFile file, Parts parts) {
        this.directory = directory;
        this.info = info;
        this.codec = blocks.codec();
        this.file = file;
        this.index = parts.index;
        this.cached = blocks.cache().slots(info.number(), index == null ? 0 : index.blocks());
        this.filter = parts.filter;
        this.damage = parts.damage;
    }

    private record Parts(BlockIndex index, TokenFilter filter, CorruptDataException damage) {}

    /** Opens a table that the manifest names; when it is damaged, {@link #damage} says how. */
    public static SSTable open(Directory directory, SSTableInfo info, BlockStore blocks) {
        InputFile file = null;
        Parts parts;
        try {
            file = directory.open(info.fileName());
            parts = readParts(file, info);
        } catch (IOException | RuntimeException e) {
            parts = new Parts(null, null, damaged(directory, info, 0, e));
        }
        return new SSTable(directory, info, blocks, file, parts);
    }

    /** What the manifest knows of it. */
    public SSTableInfo info() {
        return info;
    }

    /** What was found damaged; empty while nothing was. */
    public Optional<CorruptDataException> damage() {
        return Optional.ofNullable(damage);
    }

    /** Whether it may hold a key of the token; never blocks. */
    public boolean mayContain(Token token) {
        return info.covers(token) && (filter == null || filter.mayContain(token));
    }

    /**
     * Number of the block that holds a key if any does; never blocks.
     *
     * @throws CorruptDataException when the table's index is damaged
     */
    public int blockOf(EntryKey place) {
        return indexOrDamage().blockOf(place);
    }

    /** A block, if it is in the cache; never blocks, and needs no hold on the table. */
    public Optional<Block> cached(int number) {
        return Optional.ofNullable(cached.get(number));
    }

    /**
     * Reads and checks a block for a lookup, and offers it to the cache. Reads the file.
     *
     * @throws CorruptDataException when the block is damaged
     */
    public Block load(int number) {
        Block block = block(number);
        cached.put(number, block);
        return block;
    }

    /**
     * The entry of a key. Reads the file when its block is not cached.
     *
     * @throws CorruptDataException when the block that might hold it is damaged
     */
    public Optional<StoredEntry> get(EntryKey place) {
        int number = blockOf(place);
        return cached(number).orElseGet(() -> load(number)).find(place);
    }

    /** Walks all entries from a place on. Reads the file as it goes. */
    public EntryCursor cursor(EntryKey from) {
        return new Cursor(from, indexOrDamage());
    }

    /** Takes part in holding the table; false when it is gone already. */
    public boolean retain() {
        int held = holders.get();
        while (held > 0) {
            if (holders.compareAndSet(held, held + 1)) {
                return true;
            }
            held = holders.get();
        }
        return false;
    }

    /** Ends the holding; the last one closes the file, and deletes it when the table is obsolete. */
    public void release() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        cached.clear();
        try {
            if (file != null) {
                file.close();
            }
            if (obsolete) {
                directory.delete(info.fileName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + info.fileName() + " in " + directory.path(), e);
        }
    }

    /** The owner's release of a table that no manifest names any more. */
    public void releaseObsolete() {
        obsolete = true;
        release();
    }

    private BlockIndex indexOrDamage() {
        if (index == null) {
            throw damage;
        }
        return index;
    }

    private Block block(int number) {
        Footer.Part part = index.part(number);
        try {
            ByteBuffer packed = codec.buffer(part.length());
            return new Block(codec.unpack(readPart(file, info, part, packed)));
        } catch (IOException | RuntimeException e) {
            CorruptDataException found = damaged(directory, info, part.offset(), e);
            damage = found;
            throw found;
        }
    }

    private static Parts readParts(InputFile file, SSTableInfo info) throws IOException {
        if (file.size() != info.sizeBytes()) {
            throw new IOException("it has " + file.size() + " bytes instead of " + info.sizeBytes());
        }
        long footerAt = info.sizeBytes() - Footer.BYTES;
        ByteBuffer end = ByteBuffer.allocate(Footer.BYTES);
        file.read(footerAt, end);
        Footer footer = Footer.read(end.flip(), info.number(), footerAt);
        checkMetadata(readPart(file, info, footer.metadata()), info);
        BlockIndex index = BlockIndex.read(readPart(file, info, footer.index()));
        return new Parts(index, TokenFilter.read(readPart(file, info, footer.filter())), null);
    }

    /** A file of the same number and length may be another directory's. */
    private static void checkMetadata(ByteBuffer metadata, SSTableInfo info) throws IOException {
        boolean same = metadata.getLong() == info.number() && metadata.getInt() == info.table();
        metadata.position(metadata.getInt() + metadata.position());
        same &= metadata.getLong() == info.entries() && metadata.getLong() == info.removals();
        same &= metadata.getLong() == info.firstSequence() && metadata.getLong() == info.lastSequence();
        if (!same) {
            throw new IOException("it is not the file that the manifest names");
        }
    }

    private static ByteBuffer readPart(InputFile file, SSTableInfo info, Footer.Part part) throws IOException {
        return readPart(file, info, part, ByteBuffer.allocate(part.length()));
    }

    private static ByteBuffer readPart(InputFile file, SSTableInfo info, Footer.Part part, ByteBuffer bytes)
            throws IOException {
        file.read(part.offset(), bytes);
        bytes.flip();
        if (Checksum.of(info.number(), part.offset(), bytes) != part.crc()) {
            throw new IOException("the bytes do not match their checksum");
        }
        return bytes;
    }

    private static CorruptDataException damaged(Directory directory, SSTableInfo info, long offset, Exception cause) {
        return new CorruptDataException(
                "sorted table " + info.fileName() + " in " + directory.path() + " is damaged at offset " + offset
                        + " (" + cause.getMessage() + "): tokens " + info.first() + " to " + info.last()
                        + " cannot be answered for; heal the node from its replicas",
                cause);
    }

    private final class Cursor implements EntryCursor {

        private final BlockIndex blocks;
        private int nextBlock;
        private Block block;
        private int nextEntry;
        private StoredEntry entry;

        /** Blocks read by a walk do not go to the cache: they would drive out what lookups want. */
        private Cursor(EntryKey from, BlockIndex blocks) {
            this.blocks = blocks;
            this.nextBlock = blocks.blockOf(from);
            this.block = block(nextBlock++);
            this.nextEntry = block.lowerBound(from);
        }

        @Override
        public boolean next() {
            while (nextEntry == block.entries()) {
                if (nextBlock == blocks.blocks()) {
                    return false;
                }
                block = block(nextBlock++);
                nextEntry = 0;
            }
            entry = block.entry(nextEntry++);
            return true;
        }

        @Override
        public StoredEntry entry() {
            return entry;
        }
    }
}
