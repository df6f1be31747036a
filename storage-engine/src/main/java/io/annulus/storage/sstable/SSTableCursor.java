package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.quarantine.TokenRanges;

/** Walks the entries of a sorted table that the caller holds; reads its file as it goes. One thread. */
final class SSTableCursor implements EntryCursor {

    private final SSTable table;
    private final EntryKey from;
    private final Token to;
    private final TokenRanges passedOver;
    private final BlockIndex blocks;
    private int nextBlock;
    private Block block;
    private int nextEntry;
    private StoredEntry entry;

    SSTableCursor(SSTable table, BlockIndex blocks, EntryKey from, Token to, TokenRanges passedOver) {
        this.table = table;
        this.from = from;
        this.to = to;
        this.passedOver = passedOver;
        this.blocks = blocks;
        this.nextBlock = blocks.blockOf(from);
    }

    @Override
    public boolean next() {
        do {
            while (block == null || nextEntry == block.entries()) {
                if (!readNextBlock()) {
                    return false;
                }
            }
            entry = block.entry(nextEntry++);
        } while (!passedOver.isEmpty() && passedOver.contains(entry.place().token()));
        return true;
    }

    @Override
    public StoredEntry entry() {
        return entry;
    }

    /** Blocks read by a walk do not go to the cache: they would drive out what lookups want. */
    private boolean readNextBlock() {
        boolean isFirst = block == null;
        while (nextBlock < blocks.blocks() && blocks.firstToken(nextBlock).compareTo(to) <= 0) {
            int number = nextBlock++;
            if (passedOver.isEmpty()
                    || !passedOver.contains(blocks.range(number, table.info().last()))) {
                block = table.block(number);
                nextEntry = isFirst ? block.lowerBound(from) : 0;
                return true;
            }
        }
        return false;
    }
}
