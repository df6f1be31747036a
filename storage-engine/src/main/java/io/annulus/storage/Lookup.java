package io.annulus.storage;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.quarantine.Healed;
import io.annulus.storage.sstable.Answer;
import io.annulus.storage.sstable.SSTable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One lookup on the loop: what memory and cached blocks hold is found at once; the blocks that are missing are asked for, all at
 * the same time, and when the last has come the walk over the runs is made once more, with what the first one found. Owned by
 * the loop.
 */
final class Lookup {

    /** About what a thread copies in 10 us. */
    private static final long MOST_BYTES_ON_LOOP = 128 << 10;

    private final TableView view;
    private final Healed healed;
    private final EntryKey place;
    private final RecordJoin join;

    /** By run: what its block says, null when the walk did not come there, or it is missing. */
    private final Answer[] answers;

    /** Numbers of the blocks that were missing, by run. */
    private final Map<Integer, Integer> missing = new TreeMap<>();

    private final Map<Integer, BlockLoads.Loaded> loaded = new TreeMap<>();
    private Optional<Versions> versions = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private boolean isStale;

    /** Looks wherever no file needs to be read. */
    Lookup(TableView view, Healed healed, EntryKey place, RecordJoin join) {
        this.view = view;
        this.healed = healed;
        this.place = place;
        this.join = join;
        this.answers = new Answer[view.sstables().size()];
        walk();
    }

    /** Whether nothing is missing. */
    boolean isComplete() {
        return versions.isPresent() || failure.isPresent();
    }

    /** Whether {@link #record} neither reads value files nor joins so much that it would hold the loop up. */
    boolean isLight() {
        return versions.isEmpty()
                || versions.get().isInMemory() && versions.get().bytesToJoin() <= MOST_BYTES_ON_LOOP;
    }

    /** Takes note of what it cost, once it is complete. */
    void count(ReadCounts counts) {
        versions.ifPresent(found -> found.count(counts));
    }

    /**
     * The record, once nothing is missing; any thread, one at a time.
     *
     * @throws io.annulus.api.storage.CorruptDataException when a run that nothing newer hides cannot be read
     * @throws CorruptRecordException when it does not match its own checksum, or cannot be joined
     * @throws io.annulus.storage.merge.ValueGoneException when a value file was deleted: then a newer view has the answer
     */
    Optional<byte[]> record() {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            return versions.orElseThrow().record();
        } catch (CorruptRecordException e) {
            versions.get().blame(view, healed, this::find);
            throw e;
        }
    }

    /** Whether a table was deleted before it could be read: then a newer view has the answer. */
    boolean isStale() {
        return isStale;
    }

    /** Asks for all blocks that are missing, and runs the end when the last of them has come; called once. */
    void requestMissing(BlockLoads loads, Runnable whenLoaded) {
        missing.forEach((run, number) -> loads.load(view.sstables().get(run), number, result -> {
            isStale |= result.isGone();
            loaded.put(run, result);
            if (loaded.size() == missing.size()) {
                if (!isStale) {
                    walk();
                }
                whenLoaded.run();
            }
        }));
    }

    private void walk() {
        try {
            Versions found = Versions.of(view, healed, place, join, this::find);
            if (found.isComplete()) {
                versions = Optional.of(found);
            }
        } catch (RuntimeException e) {
            // A newer block that is missing may hide the run that cannot be read.
            if (missing.size() == loaded.size()) {
                failure = Optional.of(e);
            }
        }
    }

    private Answer find(int run, SSTable table, int number, EntryKey place) {
        BlockLoads.Loaded came = loaded.get(run);
        if (came != null) {
            return Answer.of(came.blockOrFailure().find(place));
        }
        if (answers[run] == null) {
            Answer cached = table.cached(number, place);
            if (cached.isMissing()) {
                missing.put(run, number);
                return cached;
            }
            answers[run] = cached;
        }
        return answers[run];
    }
}
