package io.annulus.storage;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import io.annulus.storage.identity.Identity;
import io.annulus.storage.log.Frame;
import io.annulus.storage.log.FrameKind;
import io.annulus.storage.log.SegmentReader;
import io.annulus.storage.log.SegmentSummary;
import io.annulus.storage.log.SegmentWriter;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.value.ValueFiles;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads identity, manifest, the values of the node and the closed segments of the log, one in each step; one thread. */
final class SmallFilesCheck {

    private final VerifiedParts parts;
    private final Consumer<CorruptDataException> damages;
    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean isBegun;

    /** Reads one file; how many bytes. */
    @FunctionalInterface
    private interface Step {
        long run() throws IOException;
    }

    SmallFilesCheck(VerifiedParts parts, Consumer<CorruptDataException> damages) {
        this.parts = parts;
        this.damages = damages;
    }

    /** Reads the next one; about how many bytes, 0 at the end. */
    long step() throws IOException {
        if (!isBegun) {
            begin();
        }
        Step next = steps.poll();
        if (next == null) {
            return 0;
        }
        try {
            return Math.max(1, next.run());
        } catch (CorruptDataException e) {
            damages.accept(e);
            return 1;
        }
    }

    private void begin() throws IOException {
        isBegun = true;
        Directory root = parts.engine().root();
        Directory system = parts.engine().system();
        steps.add(() -> {
            boolean isEmpty = Manifest.read(root).tables().isEmpty();
            if (isEmpty && !parts.tables().get().isEmpty()) {
                throw new CorruptDataException("file " + Manifest.FILE + " in " + root.path() + " is gone");
            }
            return 1;
        });
        steps.add(() -> {
            Identity.read(root);
            return 1;
        });
        for (String name : system.list()) {
            if (!name.endsWith(CheckedFile.TEMPORARY)) {
                steps.add(() -> CheckedFile.read(system, name)
                        .map(value -> value.length)
                        .orElse(0));
            }
        }
        parts.segments().get().forEach((segment, sequence) -> steps.add(() -> checkSegment(segment, sequence)));
    }

    /** A segment may be removed meanwhile; what of it is damaged is in memory still, and is written out. */
    private long checkSegment(long segment, long sequence) throws IOException {
        long[] bytes = new long[1];
        try {
            Map<Integer, RecordJoin> joins = new TreeMap<>(parts.joins().get());
            EngineParts engine = parts.engine();
            LoggedValues values = new LoggedValues(new ValueFiles(engine.values(), engine.codec()));
            SegmentSummary summary = values.read(
                    segment,
                    whole -> SegmentReader.read(
                            engine.log(), parts.logId(), segment, SegmentReader.UNKNOWN, whole, frame -> {
                                bytes[0] += SegmentWriter.frameBytes(frame.key(), frame.record());
                                checkRecord(frame, joins);
                            }));
            if (summary.lastSequence() < sequence) {
                throw new CorruptDataException("commit log segment " + segment + " ends at sequence "
                        + summary.lastSequence() + " instead of " + sequence);
            }
        } catch (IOException | RuntimeException e) {
            if (parts.segments().get().containsKey(segment)) {
                parts.flush().run();
                throw new CorruptDataException(
                        "commit log segment " + segment + " ("
                                + parts.engine().log().path(segment)
                                + ") is damaged; its records are in memory, and are written out now: " + e.getMessage(),
                        e);
            }
        }
        return bytes[0];
    }

    private static void checkRecord(Frame frame, Map<Integer, RecordJoin> joins) {
        RecordJoin join = joins.get(frame.table());
        if (frame.kind() != FrameKind.RECORD || join == null) {
            return;
        }
        try {
            join.verify(frame.record());
        } catch (CorruptRecordException e) {
            throw new CorruptDataException(
                    "the record of sequence " + frame.sequence() + " does not match its checksum: " + e.getMessage(),
                    e);
        }
    }
}
