package io.annulus.storage.log;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.file.InputFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads a segment of a former life, frame by frame, and changes nothing; one thread, once. */
public final class SegmentReader {

    /** What went before a segment is not known: it is the oldest, or the one before was no longer needed. */
    public static final long UNKNOWN = -1;

    private final CommitLog log;
    private final long segment;
    private final FrameFormat format;
    private final Predicate<Frame> whole;
    private final Consumer<Frame> sink;
    private long frames;
    private long first;

    /** Sequence of the last frame that was taken, of the segment before at first. */
    private long last;

    private boolean torn;
    private boolean ended;
    private long endOffset;
    private long unreadSequence;
    private long unreadEnd;

    private SegmentReader(
            CommitLog log, long logId, long segment, long before, Predicate<Frame> whole, Consumer<Frame> sink) {
        this.log = log;
        this.segment = segment;
        this.format = new FrameFormat(logId, segment);
        this.last = before;
        this.whole = whole;
        this.sink = sink;
    }

    /**
     * Reads a segment.
     *
     * @param before sequence with which the segment before it ends, or {@link #UNKNOWN}
     * @param whole tells of an intact frame whether its value, if it has one elsewhere, is intact too
     * @param sink takes every frame in order, each right after it was asked for
     * @throws CorruptDataException when a frame that had been synced is missing
     */
    public static SegmentSummary read(
            CommitLog log, long logId, long segment, long before, Predicate<Frame> whole, Consumer<Frame> sink)
            throws IOException {
        SegmentReader reader = new SegmentReader(log, logId, segment, before, whole, sink);
        List<InputFile> files = log.open(segment);
        try {
            for (InputFile file : files) {
                reader.readFile(file);
            }
        } finally {
            for (InputFile file : files) {
                file.close();
            }
        }
        return reader.summary();
    }

    private SegmentSummary summary() {
        return new SegmentSummary(segment, frames, first, frames == 0 ? 0 : last, torn, ended, endOffset);
    }

    private void readFile(InputFile file) throws IOException {
        ScanWindow window = new ScanWindow(file);
        long position = window.findMagic(0, FrameFormat.MAGIC);
        while (position < window.size()) {
            Optional<FrameHead> head = headAt(window, position);
            Optional<Frame> frame = head.isPresent() ? frameAt(head.get(), window, position) : Optional.empty();
            if (frame.isPresent()) {
                accept(frame.get(), file, position);
                position += head.get().length();
                endOffset = position;
            } else {
                if (head.isPresent()) {
                    checkUnread(head.get(), position, file);
                }
                torn = true;
                position++;
            }
            position = window.findMagic(position, FrameFormat.MAGIC);
        }
        if (frames == 0 && !torn) {
            refuseFormerVersions(window);
        }
    }

    /**
     * A segment none of whose frames pass, and of which something had been synced before its last frame was written, is not a
     * torn one: it is foreign. Only what continues the frames before it counts, since keys and records may look like frames.
     */
    private void checkUnread(FrameHead head, long position, InputFile file) {
        if (frames > 0 || position < unreadEnd) {
            return;
        }
        if (head.place() != 0 && (unreadEnd == 0 || head.sequence() != unreadSequence + 1)) {
            return;
        }
        if (head.unsynced() > 0 && head.unsynced() <= head.place()) {
            throw new CorruptDataException("commit log segment " + segment + " (" + log.path(segment)
                    + ") is damaged or of another store: no record before offset " + position + " of " + file.name()
                    + " can be read, though some had been synced; nothing was changed: restore the data directory,"
                    + " or start with an empty one");
        }
        unreadSequence = head.sequence();
        unreadEnd = position + head.length();
    }

    /** The head that follows a magic, unless no frame is as large as it says. */
    private Optional<FrameHead> headAt(ScanWindow window, long position) throws IOException {
        return FrameHead.read(window.at(position, FrameHead.MAX_BYTES))
                .filter(head -> head.length() <= log.maxBatchBytes());
    }

    private Optional<Frame> frameAt(FrameHead head, ScanWindow window, long position) throws IOException {
        return format.read(head, window.at(position, (int) head.length())).filter(whole);
    }

    private void refuseFormerVersions(ScanWindow window) throws IOException {
        for (int version = 1; version < FrameFormat.VERSION; version++) {
            if (window.findMagic(0, FrameFormat.magic(version)) < window.size()) {
                throw new CorruptDataException("commit log segment " + segment + " (" + log.path(segment)
                        + ") has format version " + version + ", this build reads version " + FrameFormat.VERSION
                        + "; start the build that wrote it");
            }
        }
    }

    private void accept(Frame frame, InputFile file, long position) {
        long expected = last == UNKNOWN ? frame.firstOfSegment() : last + 1;
        if (frame.sequence() == expected) {
            first = frames == 0 ? frame.sequence() : first;
            last = frame.sequence();
            ended = frame.kind() == FrameKind.END;
            frames++;
            sink.accept(frame);
            return;
        }
        boolean unsynced = frame.sequence() > expected && frame.provenSynced() < expected;
        if (!unsynced) {
            throw new CorruptDataException("commit log segment " + segment + " (" + log.path(segment)
                    + ") is damaged, or one before it: sequence " + expected
                    + " is missing that had been synced, for sequence " + frame.sequence()
                    + ", written when all up to " + frame.provenSynced() + " was synced, is intact at offset "
                    + position
                    + " of " + file.name()
                    + "; nothing was changed: restore the data directory, or start with an empty one");
        }
        torn = true;
    }
}
