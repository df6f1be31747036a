package io.annulus.storage.proof;

import java.util.Locale;

/** What a run consisted of. */
final class ModelCounts {

    long appends;
    long removals;
    long reads;
    long missing;
    long scans;
    long refusals;
    long flushes;
    long timers;
    long cleanRestarts;
    long crashes;

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d appends and %d removals (%d refused), %d reads, %d of missing keys, %d scans, %d flushes and %d timers,"
                        + " %d clean restarts, %d crashes",
                appends,
                removals,
                refusals,
                reads,
                missing,
                scans,
                flushes,
                timers,
                cleanRestarts,
                crashes);
    }
}
