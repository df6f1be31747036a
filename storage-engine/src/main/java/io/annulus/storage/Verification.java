package io.annulus.storage;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.TableCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One reading of all that is on the disk: small files and closed segments of the log first, then the sorted tables by their
 * numbers, block by block. One thread at a time.
 */
final class Verification {

    private static final int MOST_NAMED = 10;

    private final VerifiedParts parts;
    private final SmallFilesCheck small;
    private final StringBuilder named = new StringBuilder();
    private Optional<TableCheck> check = Optional.empty();
    private Optional<SSTable> held = Optional.empty();
    private boolean isSmallDone;
    private boolean isAtNewFile;
    private long file;
    private int firstBlock;
    private long endFile = -1;
    private int damages;

    /** Goes on at a block of a file. */
    Verification(VerifiedParts parts, long file, int block) {
        this.parts = parts;
        this.small = new SmallFilesCheck(parts, this::note);
        this.file = file;
        this.firstBlock = block;
    }

    /** Reads some; how many bytes, 0 at the end. */
    long step() throws IOException {
        isAtNewFile = false;
        if (!isSmallDone) {
            long bytes = small.step();
            isSmallDone = bytes == 0;
            return Math.max(1, bytes);
        }
        if (check.isEmpty() && !openNext()) {
            return 0;
        }
        int before = check.get().damages().size();
        long bytes = check.get().checkNext();
        check.get().damages().stream().skip(before).forEach(this::note);
        if (bytes == 0) {
            release();
            file++;
            firstBlock = 0;
            isAtNewFile = true;
        }
        return Math.max(1, bytes);
    }

    /** Whether the last step ended a file. */
    boolean isAtNewFile() {
        return isAtNewFile;
    }

    /** Where to go on. */
    byte[] position() {
        int block = check.map(TableCheck::nextBlock).orElse(firstBlock);
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(file)
                .putInt(block)
                .array();
    }

    /** What was found; empty when all was sound. */
    Optional<CorruptDataException> damage() {
        return damages == 0
                ? Optional.empty()
                : Optional.of(new CorruptDataException(damages + " damages were found: " + named));
    }

    /** Lets go of the file that is being read. */
    void release() {
        held.ifPresent(SSTable::release);
        held = Optional.empty();
        check = Optional.empty();
    }

    /** The next file that was there when the first was opened: those that were written since were checked then. */
    private boolean openNext() {
        TreeMap<Long, VerifiedParts.Source> all = new TreeMap<>(parts.tables().get());
        if (endFile < 0) {
            endFile = all.isEmpty() ? 0 : all.lastKey() + 1;
        }
        for (Map.Entry<Long, VerifiedParts.Source> next : all.tailMap(file).entrySet()) {
            SSTable sstable = next.getValue().sstable();
            if (next.getKey() < endFile && sstable.retain()) {
                int from = next.getKey() == file ? firstBlock : 0;
                file = next.getKey();
                held = Optional.of(sstable);
                check = Optional.of(new TableCheck(sstable, next.getValue().join(), from));
                return true;
            }
        }
        return false;
    }

    private void note(CorruptDataException damage) {
        damages++;
        if (damages <= MOST_NAMED) {
            named.append(damages > 1 ? "; " : "").append(damage.getMessage());
        }
        parts.trouble().accept(damage.getMessage());
    }
}
