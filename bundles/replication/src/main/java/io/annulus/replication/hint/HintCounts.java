package io.annulus.replication.hint;

import io.annulus.api.cluster.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many hints lie on disk, owner by owner: never fewer than there are, and after a census as many. Between two of them
 * hints of one key, which join into one, count each. Owned by the event loop.
 */
final class HintCounts {

    private final Map<NodeId, Long> counts = new TreeMap<>();
    private final Map<NodeId, Long> found = new HashMap<>();
    private final Map<NodeId, Long> keptMeanwhile = new HashMap<>();
    private long keptSinceCensus;

    void kept(NodeId owner) {
        counts.merge(owner, 1L, Long::sum);
        keptMeanwhile.merge(owner, 1L, Long::sum);
        keptSinceCensus++;
    }

    /** One hint less: it could not be kept, or was removed. */
    void less(NodeId owner) {
        counts.computeIfPresent(owner, (name, count) -> count > 1 ? count - 1 : null);
    }

    void none(NodeId owner) {
        counts.remove(owner);
    }

    long total() {
        long all = 0;
        for (long count : counts.values()) {
            all += count;
        }
        return all;
    }

    Set<NodeId> owners() {
        return new TreeSet<>(counts.keySet());
    }

    /** By how much, at most, the total may be too great through hints that joined. */
    long slack() {
        return keptSinceCensus;
    }

    void beginCensus() {
        found.clear();
        keptMeanwhile.clear();
        keptSinceCensus = 0;
    }

    void found(NodeId owner) {
        found.merge(owner, 1L, Long::sum);
    }

    /** Takes what was found, and what was kept since the census began, for the counts. */
    void endCensus() {
        counts.clear();
        found.forEach((owner, count) -> counts.merge(owner, count, Long::sum));
        keptMeanwhile.forEach((owner, count) -> counts.merge(owner, count, Long::sum));
    }
}
