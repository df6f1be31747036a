package io.annulus.storage;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import io.annulus.storage.identity.SyncMark;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.log.Frame;
import io.annulus.storage.log.FrameKind;
import io.annulus.storage.log.SegmentReader;
import io.annulus.storage.log.SegmentSummary;
import io.annulus.storage.log.SegmentWriter;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.manifest.TableManifest;
import io.annulus.storage.value.Packing;
import io.annulus.storage.value.ValueFiles;
import io.annulus.storage.value.ValueLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a data directory and changes nothing in it, so that a refusal leaves it as it was; one thread, once. */
public final class Recovery {

    /** Sequences begin above. */
    private static final long NOTHING_FLUSHED = 0;

    private final Directory root;
    private final CommitLog log;
    private final LoggedValues values;
    private final long logId;
    private final Manifest manifest;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Integer, ReplayedTable> tails = new TreeMap<>();

    /** The table of the last frame: most frames are of the same one as the frame before. */
    private Optional<ReplayedTable> current = Optional.empty();

    private int currentNumber;
    private final Map<Long, Recovered.SegmentUse> segments = new TreeMap<>();
    private final List<SegmentSummary> summaries = new ArrayList<>();

    private Recovery(Directory root, CommitLog log, LoggedValues values, long logId, Manifest manifest) {
        this.root = root;
        this.log = log;
        this.values = values;
        this.logId = logId;
        this.manifest = manifest;
        manifest.tables().values().forEach(table -> names.put(table.number(), table.name()));
    }

    /**
     * Reads a data directory.
     *
     * @param packing of its value files
     * @param logId what its segments are bound to
     * @param clean whether it says that it was closed cleanly: then the log must have its end
     * @throws CorruptDataException when something that had been synced is damaged
     */
    public static Recovered read(Directory root, CommitLog log, Packing packing, long logId, boolean clean)
            throws IOException {
        return read(root, log, packing, logId, clean, Manifest.read(root));
    }

    /** As above, when the manifest was read already. */
    static Recovered read(Directory root, CommitLog log, Packing packing, long logId, boolean clean, Manifest manifest)
            throws IOException {
        LoggedValues values = new LoggedValues(new ValueFiles(root.sub(EngineParts.VALUES), packing));
        Recovery recovery = new Recovery(root, log, values, logId, manifest);
        List<Long> segments = log.segments();
        recovery.checkAllAreThere(segments);
        for (long segment : segments) {
            recovery.readSegment(segment);
        }
        if (clean) {
            recovery.checkEnd();
        }
        return recovery.recovered();
    }

    /**
     * Makes durable what a killed process had written and nobody synced: it must not be shown before. Changes nothing, and is
     * enough as long as no sync failed.
     */
    static void sync(Directory root, CommitLog log, Packing packing) throws IOException {
        ValueFiles values = new ValueFiles(root.sub(EngineParts.VALUES), packing);
        try {
            for (long segment : log.segments()) {
                values.syncOf(segment);
                log.sync(segment);
            }
        } catch (IOException e) {
            SyncMark.takeAway(root, e);
            throw e;
        }
    }

    /** As above, after a sync that failed. */
    static void rewrite(Directory root, CommitLog log, Packing packing) throws IOException {
        ValueFiles values = new ValueFiles(root.sub(EngineParts.VALUES), packing);
        for (long segment : log.segments()) {
            values.rewriteOf(segment);
            log.rewrite(segment);
        }
    }

    /** Values of the node itself, by name. */
    static Map<String, byte[]> systemValues(Directory root) throws IOException {
        Directory directory = root.sub(EngineParts.SYSTEM);
        Map<String, byte[]> values = new TreeMap<>();
        for (String name : directory.list()) {
            if (!name.endsWith(CheckedFile.TEMPORARY)) {
                CheckedFile.read(directory, name).ifPresent(value -> values.put(name, value));
            }
        }
        return values;
    }

    /** What the manifest does not hold must be in segments of consecutive numbers. */
    private void checkAllAreThere(List<Long> numbers) {
        long expected = manifest.lastSegment() + 1;
        for (long segment : numbers) {
            if (segment > expected) {
                throw new CorruptDataException("commit log segment " + expected + " (" + log.path(expected)
                        + ") is missing: the manifest has what was in those up to " + manifest.lastSegment()
                        + ", and segment " + segment + " is there; nothing was changed: restore the data directory, or"
                        + " start with an empty one");
            }
            expected = Math.max(expected, segment + 1);
        }
    }

    private void readSegment(long segment) throws IOException {
        long[] bytes = new long[1];
        SegmentSummary summary = values.read(
                segment,
                whole -> SegmentReader.read(log, logId, segment, endBefore(segment), whole, frame -> {
                    take(frame);
                    bytes[0] += SegmentWriter.frameBytes(frame.key(), frame.record());
                }));
        summaries.add(summary);
        Map<Integer, Long> used = new TreeMap<>();
        tails.forEach((number, table) -> {
            long last = table.lastOfSegment();
            if (last > 0) {
                used.put(number, last);
            }
        });
        segments.put(segment, new Recovered.SegmentUse(used, bytes[0]));
    }

    private void take(Frame frame) {
        if (frame.kind() == FrameKind.TABLE) {
            names.put(frame.table(), new String(frame.key().key(), StandardCharsets.UTF_8));
            return;
        }
        if (!frame.kind().isEntry()) {
            return;
        }
        if (current.isEmpty() || currentNumber != frame.table()) {
            currentNumber = frame.table();
            current = Optional.of(tails.computeIfAbsent(currentNumber, this::newTable));
        }
        ReplayedTable table = current.get();
        if (!table.isFlushed(frame.sequence())) {
            table.add(values.entry(frame), frame.sequence());
        }
    }

    private ReplayedTable newTable(int number) {
        TableManifest table = manifest.tables().get(number);
        return new ReplayedTable(table == null ? NOTHING_FLUSHED : table.flushedSequence());
    }

    /**
     * The segment after a torn one begins where the torn one was found to end, or with what was never synced either. Of one that
     * is no longer needed its removal may have left an empty file or none.
     */
    private long endBefore(long segment) {
        long expected = segment;
        for (int i = summaries.size() - 1; i >= 0 && summaries.get(i).segment() == expected - 1; i--) {
            if (summaries.get(i).frames() > 0) {
                return summaries.get(i).lastSequence();
            }
            expected--;
            if (expected <= manifest.lastSegment()) {
                return SegmentReader.UNKNOWN;
            }
        }
        return SegmentReader.UNKNOWN;
    }

    private void checkEnd() {
        SegmentSummary last = summaries.isEmpty() ? null : summaries.get(summaries.size() - 1);
        if (last == null || !last.ended()) {
            String where = last == null ? root.path() : log.path(last.segment());
            throw new CorruptDataException("the directory was closed cleanly, but its commit log (" + where
                    + ") lacks its end: records that had been synced are missing; nothing was changed: restore the data"
                    + " directory, or start with an empty one");
        }
    }

    private Recovered recovered() {
        Map<Integer, Recovered.TableTail> tables = new TreeMap<>();
        names.forEach((number, name) -> {
            ReplayedTable records = tails.get(number);
            tables.put(number, new Recovered.TableTail(name, records == null ? newTable(number) : records));
        });
        for (int number : tails.keySet()) {
            if (!names.containsKey(number)) {
                throw new CorruptDataException("the commit log holds records of table " + number + " and not its name");
            }
        }
        long lastSequence = manifest.lastSequence();
        // The value file beside a segment may live longer than the segment, whose number is then not free.
        long lastSegment = Math.max(manifest.lastSegment(), ValueLog.lastSegment(manifest.values()));
        for (SegmentSummary summary : summaries) {
            lastSequence = Math.max(lastSequence, summary.lastSequence());
            // One that holds nothing is removed, and its number used again: neighbours check each other's ends.
            lastSegment = summary.frames() > 0 ? Math.max(lastSegment, summary.segment()) : lastSegment;
        }
        return new Recovered(logId, manifest, tables, segments, summaries, lastSegment, lastSequence);
    }
}
