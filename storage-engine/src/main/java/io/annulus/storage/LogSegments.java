package io.annulus.storage;

import io.annulus.storage.file.ScarceException;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.value.ValueFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The closed segments of the log, and why each is still needed. Owned by the store thread. */
final class LogSegments {

    private final CommitLog log;
    private final ValueFiles values;
    private final Map<Long, Recovered.SegmentUse> segments = new TreeMap<>();

    /** Written by the store thread, read by status. */
    private volatile long bytes;

    /** Written by the store thread, read by verification. */
    private volatile Map<Long, Long> needed = Map.of();

    LogSegments(CommitLog log, ValueFiles values) {
        this.log = log;
        this.values = values;
    }

    /** Takes in the segments of former lives, and holds the value files beside them; before the store thread works. */
    void takeIn(Map<Long, Recovered.SegmentUse> former) throws IOException {
        segments.putAll(former);
        count();
        for (long segment : segments.keySet()) {
            values.retainOf(segment);
        }
    }

    /** Holds the value file beside a segment that was closed, until the segment is removed; twice is as good as once. */
    void retainValues(long segment) throws IOException {
        if (segment > 0) {
            values.retainOf(segment);
        }
    }

    /** Takes in a segment that was closed, and whose values are held. */
    void add(long segment, Map<Integer, Long> lastSequences, long segmentBytes) {
        segments.put(segment, new Recovered.SegmentUse(lastSequences, segmentBytes));
        count();
    }

    /** Greatest number of a segment all of whose records are in the sorted tables of a manifest; 0 when there is none. */
    long greatestFlushed(Manifest manifest) {
        return segments.entrySet().stream()
                .filter(segment -> isFlushed(manifest, segment.getValue()))
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElse(0);
    }

    /**
     * Removes the segments all of whose records are in sorted tables that a synced manifest names; those tables count, whether the
     * log gets shorter or not.
     *
     * @return why some stay for now, one sentence; empty when all went
     */
    Optional<String> removeFlushed(Manifest manifest) throws IOException {
        List<Long> done = new ArrayList<>();
        segments.forEach((segment, use) -> {
            if (isFlushed(manifest, use)) {
                done.add(segment);
            }
        });
        // The last one first: of empty ones at the end, which the manifest does not count, none may be missing before
        // others.
        Collections.reverse(done);
        Optional<String> lack = Optional.empty();
        try {
            for (long segment : done) {
                log.remove(segment);
                values.releaseOf(segment);
                segments.remove(segment);
            }
        } catch (ScarceException e) {
            lack = Optional.of("log segments that are no longer needed stay until the next flush: " + e.getMessage());
        }
        count();
        return lack;
    }

    /** The closed segments, each with the sequence up to which it must reach; any thread. */
    Map<Long, Long> needed() {
        return needed;
    }

    /** Numbers of the closed segments that are needed; store thread. */
    Set<Long> numbers() {
        return Set.copyOf(segments.keySet());
    }

    /** Bytes in the closed segments; any thread. */
    long bytes() {
        return bytes;
    }

    private static boolean isFlushed(Manifest manifest, Recovered.SegmentUse use) {
        return use.tables().entrySet().stream().allMatch(last -> flushed(manifest, last.getKey(), last.getValue()));
    }

    private static boolean flushed(Manifest manifest, int table, long sequence) {
        return manifest.tables().containsKey(table)
                && manifest.tables().get(table).flushedSequence() >= sequence;
    }

    private void count() {
        Map<Long, Long> sequences = new TreeMap<>();
        segments.forEach((segment, use) -> sequences.put(
                segment,
                use.tables().values().stream().mapToLong(Long::longValue).max().orElse(0)));
        needed = Collections.unmodifiableMap(sequences);
        bytes = segments.values().stream()
                .mapToLong(Recovered.SegmentUse::bytes)
                .sum();
    }
}
