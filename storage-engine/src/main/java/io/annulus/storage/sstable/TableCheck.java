package io.annulus.storage.sstable;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.merge.ValuePointer;
import io.annulus.storage.quarantine.TokenRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a sorted table, which the caller holds, against its checksums, its index, its filter and the manifest, block by
 * block. What is damaged is noted by the table, and the check goes on behind it. One thread.
 */
public final class TableCheck {

    private final SSTable table;
    private final Optional<RecordJoin> join;
    private final boolean isOfAll;
    private final List<CorruptDataException> damages = new ArrayList<>();
    private int nextBlock;
    private EntryKey last;
    private long entries;
    private long removals;

    /** Read from value files for the block that is being checked. */
    private long valueBytes;

    /**
     * A check from a block on.
     *
     * @param join checks records; empty when it is not known
     */
    public TableCheck(SSTable table, Optional<RecordJoin> join, int fromBlock) {
        this.table = table;
        this.join = join;
        this.nextBlock = fromBlock;
        this.isOfAll = fromBlock == 0;
    }

    /** The damage that was met so far. */
    public List<CorruptDataException> damages() {
        return List.copyOf(damages);
    }

    /** The block to be checked next. */
    public int nextBlock() {
        return nextBlock;
    }

    /** Checks what is not a block, or the next block; how many bytes were read, 0 at the end. */
    public long checkNext() {
        BlockIndex index = table.index();
        if (index == null || nextBlock > index.blocks()) {
            if (index == null && damages.isEmpty()) {
                table.damage().ifPresent(damages::add);
            }
            return 0;
        }
        int number = nextBlock++;
        valueBytes = 0;
        if (number == index.blocks()) {
            return checkParts(index);
        }
        try {
            checkBlock(number, index);
        } catch (CorruptDataException e) {
            damages.add(e);
            last = null;
        }
        return index.part(number).length() + valueBytes;
    }

    /** Checks all that is left. */
    public void checkAll() {
        long bytes = 1;
        while (bytes > 0) {
            bytes = checkNext();
        }
    }

    private long checkParts(BlockIndex index) {
        long blockBytes = index.part(index.blocks() - 1).offset()
                + index.part(index.blocks() - 1).length();
        try {
            table.checkParts();
            if (isOfAll && damages.isEmpty()) {
                checkCounts();
            }
        } catch (CorruptDataException e) {
            damages.add(e);
        }
        return Math.max(1, table.info().sizeBytes() - blockBytes);
    }

    private void checkCounts() {
        SSTableInfo info = table.info();
        boolean isCounted = entries == info.entries() && removals == info.removals();
        if (!isCounted || !last.token().equals(info.last())) {
            throw table.found(
                    table.range(),
                    0,
                    new IllegalStateException(
                            "it holds " + entries + " entries, " + removals + " of them removals, up to "
                                    + last.token() + ", and not " + info.entries() + ", " + info.removals() + ", "
                                    + info.last()));
        }
    }

    private void checkBlock(int number, BlockIndex index) {
        Block block = table.block(number);
        TokenRange range = index.range(number, table.info().last());
        for (int i = 0; i < block.entries(); i++) {
            StoredEntry entry = block.entry(i);
            EntryKey place = entry.place();
            String wrong = wrong(entry, range);
            if (!wrong.isEmpty()) {
                throw table.found(
                        range,
                        index.part(number).offset(),
                        new IllegalStateException("entry " + i + " of token " + place.token() + " " + wrong));
            }
            checkRecord(entry);
            last = place;
            entries++;
            removals += entry.kind() == EntryKind.REMOVAL ? 1 : 0;
        }
    }

    private String wrong(StoredEntry entry, TokenRange range) {
        EntryKey place = entry.place();
        if (last != null && place.compareTo(last) <= 0) {
            return "does not sort after the one before";
        }
        if (!range.contains(place.token())) {
            return "is not of the block's range";
        }
        return table.filter().mayContain(place.token()) ? "" : "is denied by the filter";
    }

    private void checkRecord(StoredEntry entry) {
        if (!entry.kind().hasRecord()) {
            return;
        }
        valueBytes += entry.pointer().map(ValuePointer::length).orElse(0);
        try {
            if (join.isPresent()) {
                join.get().verify(entry.record());
            } else {
                table.checkValue(entry);
            }
        } catch (CorruptRecordException e) {
            damages.add(table.rejected(entry.place(), e));
        } catch (CorruptDataException e) {
            // A large record in its value file: the block is sound.
            damages.add(e);
        }
    }
}
