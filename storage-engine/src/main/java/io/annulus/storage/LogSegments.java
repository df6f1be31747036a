package io.annulus.storage;

import io.annulus.storage.log.CommitLog;
import io.annulus.storage.manifest.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The closed segments of the log, and why each is still needed. Owned by the store thread. */
final class LogSegments {

    private final CommitLog log;
    private final Map<Long, Recovered.SegmentUse> segments;

    /** Written by the store thread, read by status. */
    private volatile long bytes;

    LogSegments(CommitLog log, Map<Long, Recovered.SegmentUse> segments) {
        this.log = log;
        this.segments = new TreeMap<>(segments);
        count();
    }

    /** Takes in a segment that was closed. */
    void add(long segment, Map<Integer, Long> lastSequences, long segmentBytes) {
        segments.put(segment, new Recovered.SegmentUse(lastSequences, segmentBytes));
        count();
    }

    /** Removes the segments all of whose records are in sorted tables that a synced manifest names. */
    void removeFlushed(Manifest manifest) throws IOException {
        List<Long> done = new ArrayList<>();
        segments.forEach((segment, use) -> {
            if (use.tables().entrySet().stream().allMatch(last -> flushed(manifest, last.getKey(), last.getValue()))) {
                done.add(segment);
            }
        });
        for (long segment : done) {
            log.remove(segment);
            segments.remove(segment);
        }
        count();
    }

    /** Bytes in the closed segments; any thread. */
    long bytes() {
        return bytes;
    }

    private static boolean flushed(Manifest manifest, int table, long sequence) {
        return manifest.tables().containsKey(table)
                && manifest.tables().get(table).flushedSequence() >= sequence;
    }

    private void count() {
        bytes = segments.values().stream()
                .mapToLong(Recovered.SegmentUse::bytes)
                .sum();
    }
}
