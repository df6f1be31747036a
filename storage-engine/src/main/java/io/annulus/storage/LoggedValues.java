package io.annulus.storage;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.log.Frame;
import io.annulus.storage.log.FrameKind;
import io.annulus.storage.log.SegmentSummary;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.merge.ValueGoneException;
import io.annulus.storage.merge.ValuePointer;
import io.annulus.storage.value.ValueFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/** The value files beside the segments of a log that is being read; changes nothing. One thread. */
final class LoggedValues {

    private final ValueFiles files;

    /** Of the last frame that was asked for. */
    private byte[] value = {};

    /** Reads a segment. */
    @FunctionalInterface
    interface Reading {

        /**
         * Reads it.
         *
         * @param whole whether the value of an intact frame, if it has one elsewhere, is intact too
         */
        SegmentSummary with(Predicate<Frame> whole) throws IOException;
    }

    LoggedValues(ValueFiles files) {
        this.files = files;
        // Nothing is to be deleted.
        files.close();
    }

    /** Reads a segment with the value file beside it. */
    SegmentSummary read(long segment, Reading reading) throws IOException {
        files.retainOf(segment);
        try {
            return reading.with(this::isWhole);
        } finally {
            files.releaseOf(segment);
        }
    }

    /** The entry of a frame that was just asked for. */
    StoredEntry entry(Frame frame) {
        return switch (frame.kind()) {
            case REMOVAL -> StoredEntry.removal(frame.key());
            case VALUE -> new StoredEntry(frame.key(), EntryKind.RECORD, value).storedAt(pointer(frame));
            default -> new StoredEntry(frame.key(), EntryKind.RECORD, frame.record());
        };
    }

    private boolean isWhole(Frame frame) {
        if (frame.kind() != FrameKind.VALUE) {
            return true;
        }
        try {
            value = files.read(frame.key(), pointer(frame));
            return true;
        } catch (CorruptDataException | ValueGoneException e) {
            // As if the frame were not intact: whether that is a torn tail or damage is seen from what follows.
            return false;
        }
    }

    private static ValuePointer pointer(Frame frame) {
        return ValuePointer.read(ByteBuffer.wrap(frame.record()));
    }
}
