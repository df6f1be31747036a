package io.annulus.storage;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.storage.quarantine.DamagedRange;
import io.annulus.storage.quarantine.HealedRange;
import io.annulus.storage.quarantine.TokenRange;
import java.util.List;
import java.util.Optional;

/** One range that is being made good: first the records become durable, then the quarantine is lifted. Owned by the loop. */
final class Healing {

    /** Makes healed ranges durable, lets readers see them, and completes on the loop with their number. */
    @FunctionalInterface
    interface Keeper {
        void keep(LsmTable table, List<HealedRange> healed, Completion<Integer> completion);
    }

    private final LsmTable table;
    private final TokenRange range;
    private final Quarantine quarantine;
    private final Keeper keeper;
    private final Completion<Integer> completion;
    private int waiting;
    private boolean isSynced = true;
    private Optional<Throwable> failure = Optional.empty();

    Healing(LsmTable table, TokenRange range, Quarantine quarantine, Keeper keeper, Completion<Integer> completion) {
        this.table = table;
        this.range = range;
        this.quarantine = quarantine;
        this.keeper = keeper;
        this.completion = completion;
    }

    /** Begins; the records are all that the range is to hold. */
    void begin(List<Entry> records) {
        for (Entry entry : records) {
            if (!range.contains(entry.token())) {
                throw new IllegalArgumentException("a record of token " + entry.token() + " does not heal tokens "
                        + range.from() + " to " + range.to());
            }
        }
        // What is found damaged from now on was not known when the records were gathered: it waits for the next
        // healing.
        List<HealedRange> healed = quarantine.openIn(table.number(), range).stream()
                .map(this::healed)
                .toList();
        waiting = 1;
        for (Entry entry : records) {
            waiting++;
            table.append(
                    entry.token(),
                    entry.key(),
                    entry.record(),
                    Completion.of(durability -> appended(durability, healed), cause -> failed(cause, healed)));
        }
        endOne(healed);
    }

    private HealedRange healed(DamagedRange found) {
        return new HealedRange(found.table(), found.range().intersection(range), found.sequence());
    }

    private void appended(Durability durability, List<HealedRange> healed) {
        isSynced &= durability == Durability.SYNCED;
        endOne(healed);
    }

    private void failed(Throwable cause, List<HealedRange> healed) {
        failure = failure.or(() -> Optional.of(cause));
        endOne(healed);
    }

    private void endOne(List<HealedRange> healed) {
        if (--waiting > 0) {
            return;
        }
        if (failure.isPresent()) {
            completion.onFailure(failure.get());
        } else if (isSynced && !healed.isEmpty()) {
            keeper.keep(table, healed, completion);
        } else {
            quarantine.show(healed);
            completion.onResult(healed.size());
        }
    }
}
