package io.annulus.storage;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.storage.DamageListener;
import io.annulus.api.storage.QuarantinedRange;
import io.annulus.storage.quarantine.DamagedRange;
import io.annulus.storage.quarantine.Healed;
import io.annulus.storage.quarantine.HealedRange;
import io.annulus.storage.quarantine.QuarantineState;
import io.annulus.storage.quarantine.TokenRange;
import io.annulus.storage.sstable.Damage;
import io.annulus.storage.sstable.DamageSink;
import io.annulus.storage.sstable.SSTableInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The ranges that an engine cannot answer for, and those that were healed. Damage is noted on any thread and kept in the
 * manifest by the store thread. A healed range is in the manifest before readers, on the loop, see it.
 */
final class Quarantine implements DamageSink {

    private final EngineParts parts;
    private final Map<Integer, String> names = new ConcurrentHashMap<>();

    /** What is to be in the manifest; any thread adds damage, the store thread all else. */
    private final AtomicReference<QuarantineState> state;

    /** What readers go by: healed ranges and damage; set on the loop and by whoever finds damage. */
    private final AtomicReference<QuarantineState> seen;

    /** Whether the store thread was asked to keep the state; set by finders, cleared by it. */
    private final AtomicBoolean keeping = new AtomicBoolean();

    /** Owned by the loop. */
    private final List<DamageListener> listeners = new ArrayList<>();

    /** Set by the opening thread, read by finders: what the store thread does to keep the state. */
    private volatile Runnable keep;

    Quarantine(EngineParts parts, QuarantineState kept) {
        this.parts = parts;
        this.state = new AtomicReference<>(kept);
        this.seen = new AtomicReference<>(kept);
        // What is found while the directory is opened is found again at the next opening.
        this.keep = () -> keeping.set(false);
    }

    /** From now on the state is kept, by a task of the store thread. */
    void keepBy(Runnable task) {
        keep = task;
    }

    /** Tells a table's name; any thread. */
    void named(int table, String name) {
        names.put(table, name);
    }

    @Override
    public void found(SSTableInfo table, Damage damage) {
        DamagedRange range = new DamagedRange(
                table.table(),
                table.number(),
                damage.range(),
                table.lastSequence(),
                damage.cause().getMessage());
        QuarantineState before = seen.getAndUpdate(now -> now.with(range));
        state.updateAndGet(now -> now.with(range));
        if (before.with(range) == before) {
            return;
        }
        QuarantinedRange named = named(range);
        parts.events().damaged(named);
        parts.loop().execute(() -> List.copyOf(listeners).forEach(listener -> listener.onDamage(named)));
        keepSoon();
    }

    @Override
    public Healed healed(int table) {
        return seen.get().healedOf(table);
    }

    @Override
    public boolean isDamaged(long file) {
        return seen.get().damaged().stream().anyMatch(found -> found.file() == file);
    }

    /** What is not healed, by table and token; any thread. */
    List<QuarantinedRange> ranges() {
        return seen.get().open().stream()
                .map(this::named)
                .sorted(Comparator.comparing(QuarantinedRange::table).thenComparing(QuarantinedRange::from))
                .toList();
    }

    /** Damage of a table that overlaps a range and is not healed; any thread. */
    List<DamagedRange> openIn(int table, TokenRange range) {
        return seen.get().open().stream()
                .filter(found -> found.table() == table && found.range().overlaps(range))
                .toList();
    }

    /** Tells of what is open now and of what is found from now on; loop. */
    Cancellable listen(DamageListener listener) {
        // A wrapper, so that one listener that listens twice is cancelled once.
        DamageListener added = listener::onDamage;
        listeners.add(added);
        List<QuarantinedRange> open = ranges();
        parts.loop().execute(() -> {
            if (listeners.contains(added)) {
                open.forEach(added::onDamage);
            }
        });
        return () -> listeners.remove(added);
    }

    /** What is to be kept; store thread. */
    QuarantineState state() {
        keeping.set(false);
        return state.get();
    }

    /** Forgets damage that is there no more; store thread. */
    void forget(DamagedRange gone) {
        seen.updateAndGet(now -> now.kept(found -> !found.equals(gone), healed -> true));
        state.updateAndGet(now -> now.kept(found -> !found.equals(gone), healed -> true));
        keepSoon();
    }

    /** Takes healed ranges into what is kept; store thread. */
    void addHealed(List<HealedRange> healed) {
        state.updateAndGet(now -> now.withHealed(healed));
    }

    /**
     * Lets readers go by healed ranges; on the loop, after the records that heal them became visible: who sees the healed
     * range first and the table's view then misses none of them.
     */
    void show(List<HealedRange> healed) {
        seen.updateAndGet(now -> now.withHealed(healed));
    }

    private void keepSoon() {
        if (keeping.compareAndSet(false, true)) {
            EngineThreads.runUnlessEnded(parts.threads().store(), keep);
        }
    }

    private QuarantinedRange named(DamagedRange range) {
        return new QuarantinedRange(
                names.getOrDefault(range.table(), "number " + range.table()),
                range.range().from(),
                range.range().to(),
                SSTableInfo.fileName(range.file()),
                range.cause());
    }
}
