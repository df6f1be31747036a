package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.cache.Slots;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.RecordUse;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.merge.ValuePointer;
import io.annulus.storage.merge.ValueSource;
import io.annulus.storage.quarantine.TokenRange;
import io.annulus.storage.quarantine.TokenRanges;
import io.annulus.storage.value.ValueFiles;
import io.annulus.storage.value.ValueUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A sorted table that is being read; any thread that has retained it. What is damaged still stands for its range of tokens:
 * every lookup there fails, since absent means absent. That is a block's range, and all of the table's when its index cannot
 * be read.
 */
public final class SSTable {

    /** Ends the names of files that were set aside because they are damaged. */
    public static final String DAMAGED_SUFFIX = ".damaged";

    /** What {@link #mostRank} is where records may have any. */
    public static final long ANY_RANK = Long.MAX_VALUE;

    private final Directory directory;
    private final SSTableInfo info;
    private final BlockCodec codec;
    private final InputFile file;
    private final BlockIndex index;
    private final TokenFilter filter;
    private final long mostRank;
    private final Slots<Block> cached;
    private final ValueFiles values;
    private final DamageSink sink;

    /** By first token; whoever meets damage adds it, compaction and status read it. */
    private final SortedMap<Token, Damage> damages = new ConcurrentSkipListMap<>();

    private final SharedLoads loads = new SharedLoads(this::blockForCache);

    private final ValueSource source = new Values();

    /** Whether there is any damage; set by whoever adds it, read by lookups. */
    private volatile boolean hasDamage;

    /** Owner and readers; the one that brings it to 0, on any thread, closes the file. */
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Set by the owner before it releases the table, read by whoever releases it last. */
    private volatile boolean obsolete;

    private SSTable(Directory directory, SSTableInfo info, BlockStore blocks, InputFile file, Parts parts) {
        this.directory = directory;
        this.info = info;
        this.codec = blocks.codec();
        this.file = file;
        this.index = parts.index;
        this.cached = blocks.cache().slots(info.number(), index == null ? 0 : index.blocks());
        this.filter = parts.filter;
        this.mostRank = parts.mostRank;
        this.values = blocks.values();
        this.sink = blocks.damages();
        if (parts.damage != null) {
            note(new Damage(range(), parts.damage));
        }
        // Which tokens lie there is not known without reading the table.
        values.damage(info.values()).ifPresent(damage -> note(new Damage(range(), damage)));
    }

    private record Parts(BlockIndex index, TokenFilter filter, long mostRank, CorruptDataException damage) {}

    /**
     * Opens a table that the manifest names; when it is damaged, {@link #damage} says how.
     *
     * @throws ScarceException when there is no file descriptor for it: that says nothing about the table
     */
    public static SSTable open(Directory directory, SSTableInfo info, BlockStore blocks) throws ScarceException {
        blocks.values().retain(info.values());
        InputFile file = null;
        Parts parts;
        try {
            file = directory.open(info.fileName());
            parts = readParts(file, info);
        } catch (ScarceException e) {
            blocks.values().release(info.values(), false);
            throw e;
        } catch (IOException | RuntimeException e) {
            parts = new Parts(
                    null, null, ANY_RANK, damaged(directory, info, new TokenRange(info.first(), info.last()), 0, e));
        }
        return new SSTable(directory, info, blocks, file, parts);
    }

    /** What the manifest knows of it. */
    public SSTableInfo info() {
        return info;
    }

    /** The tokens from its first to its last. */
    public TokenRange range() {
        return new TokenRange(info.first(), info.last());
    }

    /** No record in it has a greater rank; {@link #ANY_RANK} when that is not known, or not all entries are records with one. */
    public long mostRank() {
        return mostRank;
    }

    /** What was found damaged and is not healed; empty while nothing is. */
    public Optional<CorruptDataException> damage() {
        if (!hasDamage) {
            return Optional.empty();
        }
        TokenRanges hidden = hidden();
        return damages.values().stream()
                .filter(damage -> !hidden.contains(damage.range()))
                .map(Damage::cause)
                .findFirst();
    }

    /** All that was found damaged, healed or not. */
    public Collection<Damage> damages() {
        return List.copyOf(damages.values());
    }

    /** Takes note that the record of an entry does not match its own checksum, though its block does. */
    public CorruptDataException rejected(EntryKey place, Exception cause) {
        Token token = place.token();
        return found(
                new TokenRange(token, token),
                index == null ? 0 : index.part(index.blockOf(place)).offset(),
                cause);
    }

    /** Whether it may hold a key of the token; never blocks. */
    public boolean mayContain(Token token) {
        return info.covers(token) && (filter == null || filter.mayContain(token) || isDamaged(token));
    }

    /** Then the filter proves nothing: what it was made from is not what is there. */
    private boolean isDamaged(Token token) {
        return hasDamage
                && damages.values().stream().anyMatch(damage -> damage.range().contains(token));
    }

    /**
     * Number of the block that holds a key if any does; never blocks.
     *
     * @throws CorruptDataException when the table's index is damaged
     */
    public int blockOf(EntryKey place) {
        return indexOrDamage().blockOf(place);
    }

    /** What a block says of a key, if it is in the cache; never blocks, and needs no hold on the table. */
    public Answer cached(int number, EntryKey place) {
        return cached.use(number, block -> Answer.of(block.find(place))).orElse(Answer.MISSING);
    }

    /**
     * Reads and checks a block for a lookup, and offers it to the cache. Reads the file, or waits for a thread that is reading
     * the same block.
     *
     * @throws CorruptDataException when the block is damaged
     */
    public Block load(int number) {
        return loads.load(number, Block::kept);
    }

    /** As {@link #load}, for one key. */
    public Answer load(int number, EntryKey place) {
        return loads.load(number, block -> Answer.of(block.find(place)));
    }

    /** How many blocks it has; 0 when its index is damaged. */
    public int blocks() {
        return index == null ? 0 : index.blocks();
    }

    /** Tokens that begin blocks, at most so many, in order and evenly spread over the blocks; never blocks. */
    public List<Token> sample(int most) {
        int size = Math.min(most, blocks());
        List<Token> tokens = new ArrayList<>(size);
        for (long i = 0; i < size; i++) {
            tokens.add(index.firstToken((int) (i * blocks() / size)));
        }
        return tokens;
    }

    /** Walks all entries from a place on. Reads the file as it goes. */
    public EntryCursor cursor(EntryKey from) {
        return cursor(from, TokenRange.GREATEST, TokenRanges.NONE);
    }

    /**
     * Walks entries from a place on, passing tokens over without reading blocks that are of these alone. Reads no block that
     * begins behind the last token.
     */
    public EntryCursor cursor(EntryKey from, Token to, TokenRanges passedOver) {
        if (index == null && passedOver.contains(range())) {
            return EntryCursor.EMPTY;
        }
        return new SSTableCursor(this, indexOrDamage(), from, to, passedOver);
    }

    /** Walks all entries for a merge: those that a healed range hides are left out. */
    public EntryCursor mergeCursor() {
        return cursor(EntryKey.first(TokenRange.LEAST), TokenRange.GREATEST, hidden());
    }

    /** Bytes in memory of its index and filter; 0 when they cannot be read. */
    public long indexBytes() {
        return index == null ? 0 : index.bytes() + filter.bytes();
    }

    /** Whether nobody holds it any more, and its file is closed or about to be; any thread. */
    public boolean isGone() {
        return holders.get() == 0;
    }

    /** About how many bytes of blocks lie from a token to another; never blocks. */
    public long bytesBetween(Token from, Token to) {
        return to.compareTo(from) < 0 ? 0 : indexOrDamage().bytesBefore(to) - index.bytesBefore(from);
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
        values.release(info.values(), obsolete);
        try {
            if (file != null) {
                file.close();
            }
            if (obsolete) {
                removeFile();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + info.fileName() + " in " + directory.path(), e);
        }
    }

    /** The owner's release of a table that no manifest names any more. */
    public void releaseObsolete() {
        obsolete = true;
        release();
    }

    /** A damaged one is set aside, for whoever wants to know what became of the disk. */
    private void removeFile() throws IOException {
        if (!hasDamage && !sink.isDamaged(info.number())) {
            directory.delete(info.fileName());
        } else if (directory.list().contains(info.fileName())) {
            directory.rename(info.fileName(), info.fileName() + DAMAGED_SUFFIX);
        }
    }

    private TokenRanges hidden() {
        return sink.healed(info.table()).hiddenIn(info.lastSequence());
    }

    CorruptDataException found(TokenRange tokens, long offset, Exception cause) {
        CorruptDataException exception = damaged(directory, info, tokens, offset, cause);
        note(new Damage(tokens, exception));
        return exception;
    }

    private void note(Damage damage) {
        damages.putIfAbsent(damage.range().from(), damage);
        hasDamage = true;
        sink.found(info, damage);
    }

    /**
     * Reads what is not a block once more, and checks it. What is in memory goes on to serve this life; the next one could not
     * read the table.
     *
     * @throws CorruptDataException when it is damaged; it was noted
     */
    void checkParts() {
        try {
            readParts(file, info);
        } catch (IOException | RuntimeException e) {
            throw found(range(), 0, e);
        }
    }

    /** The index; null when it is damaged. */
    BlockIndex index() {
        return index;
    }

    /** The filter; null when it is damaged. */
    TokenFilter filter() {
        return filter;
    }

    private BlockIndex indexOrDamage() {
        if (index == null) {
            throw damages.get(info.first()).cause();
        }
        return index;
    }

    /** The block is lent to the thread until it reads the next. */
    private Block blockForCache(int number) {
        Block block = lent(number);
        cached.put(number, block);
        return block;
    }

    Block block(int number) {
        return lent(number).kept();
    }

    private Block lent(int number) {
        Footer.Part part = index.part(number);
        try {
            ByteBuffer packed = readPart(file, info, part, codec.buffer(part.length()));
            byte[] plain = codec.array(BlockTable.roomFor(codec.plainBytes(packed)));
            return Block.lent(plain, codec.unpack(packed, plain), source);
        } catch (IOException | RuntimeException e) {
            throw found(index.range(number, info.last()), part.offset(), e);
        }
    }

    /** Reads large records. */
    private final class Values implements ValueSource {

        @Override
        public byte[] read(EntryKey place, ValuePointer pointer) {
            try {
                return values.read(place, pointer);
            } catch (CorruptDataException e) {
                throw damagedValue(place, e);
            }
        }

        @Override
        public <T> T use(EntryKey place, ValuePointer pointer, RecordUse<T> use) {
            try {
                return values.use(place, pointer, use);
            } catch (CorruptDataException e) {
                throw damagedValue(place, e);
            }
        }
    }

    /**
     * Checks the large record of an entry of this table in its file; nothing when it has none.
     *
     * @throws CorruptDataException when it is damaged; it was noted
     */
    void checkValue(StoredEntry entry) {
        if (entry.pointer().isEmpty()) {
            return;
        }
        try {
            values.verify(entry.place(), entry.pointer().get());
        } catch (CorruptDataException e) {
            throw damagedValue(entry.place(), e);
        }
    }

    private CorruptDataException damagedValue(EntryKey place, CorruptDataException damage) {
        note(new Damage(new TokenRange(place.token(), place.token()), damage));
        return damage;
    }

    private static Parts readParts(InputFile file, SSTableInfo info) throws IOException {
        if (file.size() != info.sizeBytes()) {
            throw new IOException("it has " + file.size() + " bytes instead of " + info.sizeBytes());
        }
        long footerAt = info.sizeBytes() - Footer.BYTES;
        ByteBuffer end = ByteBuffer.allocate(Footer.BYTES);
        file.read(footerAt, end);
        Footer footer = Footer.read(end.flip(), info.number(), footerAt);
        long mostRank = checkedRank(readPart(file, info, footer.metadata()), info);
        BlockIndex index = BlockIndex.read(readPart(file, info, footer.index()));
        if (index.dataBytes() != footer.index().offset()) {
            throw new IOException("its blocks have " + index.dataBytes() + " bytes instead of "
                    + footer.index().offset());
        }
        boolean isOfTokens = index.firstToken(0).equals(info.first())
                && index.firstToken(index.blocks() - 1).compareTo(info.last()) <= 0;
        if (!isOfTokens) {
            throw new IOException("its index is not of the tokens that the manifest names");
        }
        return new Parts(index, TokenFilter.read(readPart(file, info, footer.filter())), mostRank, null);
    }

    /** The greatest rank; a file of the same number and length may be another directory's. */
    private static long checkedRank(ByteBuffer metadata, SSTableInfo info) throws IOException {
        boolean same = metadata.getLong() == info.number() && metadata.getInt() == info.table();
        metadata.position(metadata.getInt() + metadata.position());
        same &= metadata.getLong() == info.entries() && metadata.getLong() == info.removals();
        same &= metadata.getLong() == info.firstSequence() && metadata.getLong() == info.lastSequence();
        long mostRank = metadata.getLong();
        same &= ValueUse.read(metadata).equals(info.values());
        if (!same) {
            throw new IOException("it is not the file that the manifest names");
        }
        return mostRank;
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

    private static CorruptDataException damaged(
            Directory directory, SSTableInfo info, TokenRange tokens, long offset, Exception cause) {
        return new CorruptDataException(
                "sorted table " + info.fileName() + " in " + directory.path() + " is damaged at offset " + offset
                        + " (" + cause.getMessage() + "): tokens " + tokens.from() + " to " + tokens.to()
                        + " cannot be answered for; heal the node from its replicas",
                cause);
    }
}
