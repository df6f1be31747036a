package io.annulus.storage;

import io.annulus.api.storage.StorageFullException;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.value.ValueLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What comes before the log is touched, so that writes can be refused without effect: room is asked for, and large records are
 * written beside the log, those of a batch to be synced with their sync. For who has taken the end of the log.
 */
final class Placing {

    private final EngineParts parts;
    private final Fence fence;
    private final LogTail tail;
    private final DiskReserve reserve;

    /**
     * What may be appended.
     *
     * @param writes as the log is to keep them
     * @param refusal why none of them may be; empty when all may
     */
    record Placed(List<PendingWrite> writes, Optional<? extends RuntimeException> refusal) {}

    Placing(EngineParts parts, Fence fence, LogTail tail) {
        this.parts = parts;
        this.fence = fence;
        this.tail = tail;
        this.reserve = new DiskReserve(parts, fence);
    }

    /** Writes that are to be synced; log thread, which lets go of the end of the log for as long as it syncs large records. */
    Placed ofBatch(List<PendingWrite> writes) {
        return placedIfReserved(writes, true);
    }

    /** Writes that are not. */
    private Placed ofUnsynced(List<PendingWrite> writes) {
        return placedIfReserved(writes, false);
    }

    /** One of them; the disk is asked now and then. */
    private Placed ofUnsynced(PendingWrite write) {
        List<PendingWrite> writes = List.of(write);
        long beside = valueBytes(writes);
        return placed(writes, beside, reserve.refusal(write.bytes(), beside), false);
    }

    /** Logs and shows writes that are not to be synced first; why not, if so. */
    Optional<? extends RuntimeException> appendAndShow(List<PendingWrite> writes) {
        return appendAndShow(ofUnsynced(writes));
    }

    /** Logs and shows one of them; why not, if so. */
    Optional<? extends RuntimeException> appendAndShow(PendingWrite write) {
        return appendAndShow(ofUnsynced(write));
    }

    private Optional<? extends RuntimeException> appendAndShow(Placed placed) {
        if (placed.refusal().isPresent()) {
            return placed.refusal();
        }
        try {
            for (PendingWrite write : placed.writes()) {
                tail.appendAndShow(write);
            }
        } catch (Throwable e) {
            fence.raise(e);
        }
        return fence.refusal();
    }

    private Placed placed(
            List<PendingWrite> writes, long beside, Optional<? extends RuntimeException> refusal, boolean syncedFirst) {
        if (refusal.isPresent() || beside == 0) {
            return new Placed(writes, refusal);
        }
        try {
            List<PendingWrite> placed = new ArrayList<>(writes.size());
            boolean isAnyBeside = false;
            for (PendingWrite write : writes) {
                PendingWrite now = tail.placed(write, syncedFirst);
                isAnyBeside |= now.entry().pointer().isPresent();
                placed.add(now);
            }
            if (syncedFirst && isAnyBeside) {
                sync();
            }
            return new Placed(placed, fence.refusal());
        } catch (ScarceException e) {
            return new Placed(
                    writes,
                    Refusal.full("a large record finds no room (" + e.getMessage()
                            + "): make room on the disk, or raise the limit of open files"));
        } catch (Throwable e) {
            fence.raise(e);
            return new Placed(writes, fence.refusal());
        }
    }

    private void sync() throws IOException {
        tail.release();
        try {
            tail.syncPlaced();
        } finally {
            tail.take();
        }
    }

    private Placed placedIfReserved(List<PendingWrite> writes, boolean syncedFirst) {
        long beside = valueBytes(writes);
        return placed(writes, beside, reserved(beside), syncedFirst);
    }

    private Optional<? extends RuntimeException> reserved(long beside) {
        if (!tail.isOpen()) {
            return fence.isRaised() ? fence.refusal() : Optional.of(noSegment());
        }
        return reserve.refusal(beside);
    }

    private StorageFullException noSegment() {
        return tail.lack().isEmpty() ? Refusal.closed() : new StorageFullException(tail.lack());
    }

    private long valueBytes(List<PendingWrite> writes) {
        int direct = parts.config().directBytes();
        long bytes = 0;
        for (PendingWrite write : writes) {
            bytes += ValueLog.bytesOf(write.entry(), direct);
        }
        return bytes;
    }
}
