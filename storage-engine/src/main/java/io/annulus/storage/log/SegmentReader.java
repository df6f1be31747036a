package io.annulus.storage.log;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.file.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a segment of a former life, frame by frame, and changes nothing; one thread, once. */
public final class SegmentReader {

    private final CommitLog log;
    private final long segment;
    private final FrameFormat format;
    private final Consumer<Frame> sink;
    private long frames;
    private long first;
    private long last;
    private boolean torn;
    private boolean ended;
    private long unreadSequence;
    private long unreadEnd;

    private SegmentReader(CommitLog log, long logId, long segment, Consumer<Frame> sink) {
        this.log = log;
        this.segment = segment;
        this.format = new FrameFormat(logId, segment);
        this.sink = sink;
    }

    /**
     * Reads a segment.
     *
     * @param sink takes every frame in order
     * @throws CorruptDataException when a frame that had been synced is missing
     */
    public static SegmentSummary read(CommitLog log, long logId, long segment, Consumer<Frame> sink)
            throws IOException {
        SegmentReader reader = new SegmentReader(log, logId, segment, sink);
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
        return new SegmentSummary(segment, reader.frames, reader.first, reader.last, reader.torn, reader.ended);
    }

    private void readFile(InputFile file) throws IOException {
        ScanWindow window = new ScanWindow(file);
        long position = window.findMagic(0);
        while (position < window.size()) {
            int length = lengthAt(window, position);
            Optional<Frame> frame = format.read(window.at(position, length));
            if (frame.isPresent()) {
                accept(frame.get(), file, position);
                position += length;
            } else {
                checkUnread(window.at(position, FrameFormat.HEADER_BYTES), length, position, file);
                torn = true;
                position++;
            }
            position = window.findMagic(position);
        }
    }

    /**
     * A segment none of whose frames pass, and of which more than one batch was written, is not a torn one: it is foreign.
     * Only what continues the frames before it counts, since keys and records may look like frames.
     */
    private void checkUnread(ByteBuffer header, int length, long position, InputFile file) {
        if (frames > 0 || length <= FrameFormat.HEADER_BYTES || position < unreadEnd) {
            return;
        }
        long sequence = header.getLong(FrameFormat.SEQUENCE_AT);
        int batch = header.getInt(FrameFormat.BATCH_AT);
        boolean begins = batch == 0 && header.getInt(FrameFormat.INDEX_AT) == 0;
        if (!begins && (unreadEnd == 0 || sequence != unreadSequence + 1)) {
            return;
        }
        if (batch > 0) {
            throw new CorruptDataException("commit log segment " + segment + " (" + log.path(segment)
                    + ") is damaged or of another store: no record before offset " + position + " of " + file.name()
                    + " can be read, though several batches were written; nothing was changed: restore the data directory,"
                    + " or start with an empty one");
        }
        unreadSequence = sequence;
        unreadEnd = position + length;
    }

    private int lengthAt(ScanWindow window, long position) throws IOException {
        ByteBuffer header = window.at(position, FrameFormat.HEADER_BYTES);
        int length = header.remaining() < FrameFormat.HEADER_BYTES ? 0 : header.getInt(4);
        boolean plausible = length >= FrameFormat.HEADER_BYTES && length <= log.maxBatchBytes();
        return plausible ? length : FrameFormat.HEADER_BYTES;
    }

    private void accept(Frame frame, InputFile file, long position) {
        boolean follows = frames == 0 ? frame.batch() == 0 && frame.index() == 0 : frame.sequence() == last + 1;
        if (follows) {
            first = frames == 0 ? frame.sequence() : first;
            last = frame.sequence();
            ended = frame.kind() == FrameKind.END;
            frames++;
            sink.accept(frame);
            return;
        }
        boolean inFlight = frames == 0 ? frame.batch() == 0 : frame.sequence() > last && frame.batchStart() <= last + 1;
        if (!inFlight) {
            throw new CorruptDataException("commit log segment " + segment + " (" + log.path(segment)
                    + ") is damaged: after sequence " + last
                    + " records are missing that had been synced, for sequence "
                    + frame.sequence() + " of another batch is intact at offset " + position + " of " + file.name()
                    + "; nothing was changed: restore the data directory, or start with an empty one");
        }
        torn = true;
    }
}
