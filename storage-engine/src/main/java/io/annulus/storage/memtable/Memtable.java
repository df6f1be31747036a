package io.annulus.storage.memtable;

import io.annulus.api.ring.Token;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.StoredEntry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest entries of a table, in memory. One thread at a time writes it (the log thread; for replayed records the thread
 * that opens the table, before anyone else sees it); any thread reads it without a lock. A reader sees of each key the old
 * entry or the new one; who saw an entry finds all that were put before it.
 */
public final class Memtable {

    /** A node owns some arcs of the circle only; each arc has shortcuts for the entries that are in it. */
    private static final int ARC_BITS = 10;

    private final NodeArena nodes = new NodeArena();
    private final RecordArena records = new RecordArena();

    /** By the top bits of tokens; set by the writer, read by readers. */
    private final AtomicReferenceArray<TokenArc> arcs = new AtomicReferenceArray<>(1 << ARC_BITS);

    /** So many shortcuts an arc has from its first entry on. */
    private final int shortcuts;

    // Owned by the writer; read by others once it is frozen.
    private long bytes;
    private long indexBytes;
    private int count;

    /** One of a few entries. */
    public Memtable() {
        this(0);
    }

    /** One of about so many entries, as the one before had: what holds them need not grow step by step. */
    public Memtable(int entries) {
        int each = Math.max(TokenArc.FEWEST_SHORTCUTS, entries >>> ARC_BITS);
        // The power of two from there on.
        this.shortcuts = 2 * Integer.highestOneBit(each - 1);
    }

    /** Lays an entry over what is there; returns by how many bytes the memtable grew, superseded records included. */
    public long put(StoredEntry entry, RecordJoin join) {
        EntryKey place = entry.place();
        TokenArc arc = arcForWrite(place.token());
        int floor = arc.floorForWrite(place);
        long index = 0;
        if (arc.isAt(floor, place)) {
            StoredEntry merged = entry.kind().hidesOlder() ? entry : entry.over(entry(floor, place), join);
            nodes.setRecord(floor, records.add(merged));
        } else {
            index = arc.insert(floor, place, records.add(entry));
            count++;
        }
        return grown(index);
    }

    /** Adds an entry to a place that has none; false when it has one, which stays as it is. */
    public boolean putIfAbsent(StoredEntry entry) {
        EntryKey place = entry.place();
        TokenArc arc = arcForWrite(place.token());
        int floor = arc.floorForWrite(place);
        if (arc.isAt(floor, place)) {
            return false;
        }
        grown(arc.insert(floor, place, records.add(entry)));
        count++;
        return true;
    }

    /** The entry of a place; any thread. */
    public Optional<StoredEntry> get(EntryKey place) {
        TokenArc arc = arcs.getAcquire(place.token().arc(ARC_BITS));
        if (arc == null) {
            return Optional.empty();
        }
        int floor = arc.floor(place);
        return arc.isAt(floor, place) ? Optional.of(entry(floor, place)) : Optional.empty();
    }

    /** Whether it has no entry; for the writing thread, and for others once it is frozen. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Bytes that it takes; for the writing thread, and for others once it is frozen. */
    public long bytes() {
        return bytes;
    }

    /** Number of entries; for the writing thread, and for others once it is frozen. */
    public int count() {
        return count;
    }

    /** All entries, in order; any thread. */
    public EntryCursor cursor() {
        return cursor(EntryKey.first(new Token(0, 0)));
    }

    /** Entries from a place on, in order; any thread. What is put meanwhile behind the cursor's entry is met. */
    public EntryCursor cursor(EntryKey from) {
        return new Cursor(from);
    }

    private TokenArc arcForWrite(Token token) {
        int number = token.arc(ARC_BITS);
        TokenArc arc = arcs.getPlain(number);
        if (arc == null) {
            arc = new TokenArc(nodes, ARC_BITS, shortcuts);
            arcs.setRelease(number, arc);
        }
        return arc;
    }

    private long grown(long index) {
        indexBytes += index;
        long before = bytes;
        bytes = nodes.bytes() + records.bytes() + indexBytes;
        return bytes - before;
    }

    private StoredEntry entry(int node, EntryKey place) {
        return records.entry(place, nodes.record(node));
    }

    /** Walks the lists of all arcs, one after the other; one thread. */
    private final class Cursor implements EntryCursor {

        private int number;
        private TokenArc arc;

        /** The node last given out, or the one behind which to go on. */
        private int node;

        private boolean isAtFirst;
        private StoredEntry entry;

        Cursor(EntryKey from) {
            number = from.token().arc(ARC_BITS);
            arc = arcs.getAcquire(number);
            if (arc != null) {
                node = arc.floor(from);
                isAtFirst = arc.isAt(node, from);
            }
        }

        @Override
        public boolean next() {
            if (!isAtFirst && !advance()) {
                return false;
            }
            isAtFirst = false;
            entry = Memtable.this.entry(node, nodes.place(node));
            return true;
        }

        @Override
        public StoredEntry entry() {
            return entry;
        }

        private boolean advance() {
            int next = arc == null ? 0 : nodes.next(node);
            while (next == 0 && number + 1 < arcs.length()) {
                arc = arcs.getAcquire(++number);
                next = arc == null ? 0 : nodes.next(arc.head());
            }
            if (next == 0) {
                return false;
            }
            node = next;
            return true;
        }
    }
}
