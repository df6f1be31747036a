package io.annulus.storage.compaction;

import io.annulus.api.ring.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table whose records have one size and whose keys are drawn evenly, as numbers alone: how large its runs become, and what
 * merging them writes.
 */
final class TieredTable {

    /** One sorted table. */
    record Run(int number, Arc arc, double records) {

        private SortedFile file() {
            return new SortedFile(arc.first(), arc.last(), (long) records, true);
        }

        private double within(Arc part) {
            return part.bits() >= arc.bits() ? records * part.share() / arc.share() : records;
        }

        private boolean overlaps(Arc other) {
            return file().overlaps(other);
        }
    }

    private final UnifiedStrategy strategy;
    private final double keys;
    private final long shardBytes;
    private List<Run> runs = new ArrayList<>();
    private int nextRun;
    private double merged;
    private int mostRuns;
    private double largestMerge;

    TieredTable(UnifiedStrategy strategy, double keys, long shardBytes) {
        this.strategy = strategy;
        this.keys = keys;
        this.shardBytes = shardBytes;
    }

    /** Writes a memtable of so many records out, and merges what becomes due. */
    void flush(double records) {
        runs.add(0, new Run(nextRun++, Arc.ALL, distinct(records, keys)));
        for (Optional<Choice> choice = choose(); choice.isPresent(); choice = choose()) {
            merge(choice.get());
        }
        mostRuns = Math.max(mostRuns, deepest());
    }

    double merged() {
        return merged;
    }

    int mostRuns() {
        return mostRuns;
    }

    double largestMerge() {
        return largestMerge;
    }

    List<Run> runs() {
        return runs;
    }

    double bytes() {
        return runs.stream().mapToDouble(Run::records).sum();
    }

    private Optional<Choice> choose() {
        return strategy.choose(runs.stream().map(Run::file).toList(), new Drawn());
    }

    /** Of keys that are drawn evenly one knows which share others hold, too. */
    private final class Drawn implements Reclaim {

        @Override
        public double superseded(int number, List<Integer> newer) {
            Arc arc = runs.get(number).arc();
            double missing = 1;
            for (int other : newer) {
                Run run = runs.get(other);
                if (run.overlaps(arc)) {
                    double space = keys * Math.min(arc.share(), run.arc().share());
                    double part = Math.min(1, run.arc().share() / arc.share());
                    missing *= 1 - part * Math.min(1, run.within(arc) / space);
                }
            }
            return 1 - missing;
        }

        @Override
        public double purgeable(int number) {
            return 0;
        }
    }

    private void merge(Choice choice) {
        Set<Run> inputs = new LinkedHashSet<>();
        choice.files().forEach(file -> inputs.add(runs.get(file)));
        List<Run> outputs = new ArrayList<>();
        for (ShardCuts.Shard shard : ShardCuts.of(shardBytes, (from, to) -> inside(inputs, from, to))) {
            outputs.add(output(inputs, shard));
        }
        double written = outputs.stream().mapToDouble(Run::records).sum();
        merged += written;
        largestMerge = Math.max(largestMerge, written);
        runs = AgeOrder.replaced(runs, inputs, outputs, (a, b) -> a.file().overlaps(b.file()));
    }

    private static double inside(Set<Run> inputs, Token from, Token to) {
        Arc arc = Arc.around(from, to);
        double records = 0;
        for (Run input : inputs) {
            records += input.overlaps(arc) ? input.within(arc) : 0;
        }
        return records;
    }

    private Run output(Set<Run> inputs, ShardCuts.Shard shard) {
        Arc arc = Arc.around(shard.first(), shard.last());
        double space = keys * arc.share();
        double missing = 1;
        for (Run input : inputs) {
            if (input.overlaps(arc)) {
                missing *= 1 - Math.min(1, input.within(arc) / space);
            }
        }
        return new Run(nextRun++, arc, space * (1 - missing));
    }

    private int deepest() {
        int[] deepest = new int[1];
        new Columns(runs.stream().map(Run::file).toList())
                .visit(column -> deepest[0] = Math.max(deepest[0], column.runs()));
        return deepest[0];
    }

    private static double distinct(double records, double keys) {
        return keys * (1 - Math.pow(1 - 1 / keys, records));
    }
}
