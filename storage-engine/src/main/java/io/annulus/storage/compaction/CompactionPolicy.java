package io.annulus.storage.compaction;

import java.util.List;
import java.util.Optional;

/**
 * Size-tiered choice of neighbouring runs, as RocksDB's universal compaction does it (rocksdb: db/compaction/
 * compaction_picker_universal.cc). Pure.
 *
 * @param minRuns fewest runs that are merged
 * @param maxRuns above so many runs the cheapest neighbours are merged, whatever their sizes
 * @param smallBytes runs below this size count as of this size
 */
public record CompactionPolicy(int minRuns, int maxRuns, long smallBytes) {

    /** What is used unless measured otherwise. */
    public static final CompactionPolicy STANDARD = new CompactionPolicy(4, 24, 1 << 20);

    /**
     * Neighbouring runs to merge.
     *
     * @param from index of the newest
     * @param to index behind the oldest
     */
    public record Choice(int from, int to) {

        int runs() {
            return to - from;
        }
    }

    public CompactionPolicy {
        if (minRuns < 2 || maxRuns < minRuns || smallBytes < 1) {
            throw new IllegalArgumentException("merge " + minRuns + " to " + maxRuns + " runs of " + smallBytes
                    + " bytes: 2 <= min <= max, 1 <= bytes");
        }
    }

    /**
     * What to merge now.
     *
     * @param sizes of the runs, newest first; a negative size is a run that must not be touched
     */
    public Optional<Choice> choose(List<Long> sizes) {
        for (int from = 0; from + minRuns <= sizes.size(); from++) {
            Choice similar = similarFrom(sizes, from);
            if (similar.runs() >= minRuns) {
                return Optional.of(similar);
            }
        }
        return sizes.size() > maxRuns ? cheapest(sizes) : Optional.empty();
    }

    /** The longest stretch from an index on in which no run is larger than twice the mean of the newer ones. */
    private Choice similarFrom(List<Long> sizes, int from) {
        long sum = 0;
        int to = from;
        while (to < sizes.size() && sizes.get(to) >= 0) {
            long size = Math.max(smallBytes, sizes.get(to));
            if (to > from && size > 2 * (sum / (to - from))) {
                break;
            }
            sum += size;
            to++;
        }
        return new Choice(from, to);
    }

    private Optional<Choice> cheapest(List<Long> sizes) {
        Optional<Choice> best = Optional.empty();
        long least = Long.MAX_VALUE;
        for (int from = 0; from + minRuns <= sizes.size(); from++) {
            List<Long> stretch = sizes.subList(from, from + minRuns);
            long sum = stretch.stream().mapToLong(Long::longValue).sum();
            if (sum < least && stretch.stream().noneMatch(size -> size < 0)) {
                least = sum;
                best = Optional.of(new Choice(from, from + minRuns));
            }
        }
        return best;
    }
}
