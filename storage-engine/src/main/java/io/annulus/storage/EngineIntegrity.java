package io.annulus.storage;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.DamageListener;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.Integrity;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.QuarantinedRange;
import io.annulus.api.storage.StorageFullException;
import io.annulus.storage.quarantine.HealedRange;
import io.annulus.storage.quarantine.TokenRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/** What an engine tells of damage, and how it is told to make it good. Used on the loop. */
final class EngineIntegrity implements Integrity {

    private final EngineParts parts;
    private final Fence fence;
    private final Quarantine quarantine;
    private final TableStore store;
    private final Map<String, LsmTable> tables;
    private final Verifier verifier;

    EngineIntegrity(
            EngineParts parts,
            Fence fence,
            Quarantine quarantine,
            TableStore store,
            Map<String, LsmTable> tables,
            Verifier verifier) {
        this.parts = parts;
        this.fence = fence;
        this.quarantine = quarantine;
        this.store = store;
        this.tables = tables;
        this.verifier = verifier;
    }

    @Override
    public List<QuarantinedRange> quarantined() {
        return quarantine.ranges();
    }

    @Override
    public Cancellable listen(DamageListener listener) {
        return quarantine.listen(listener);
    }

    @Override
    public void remains(
            String table,
            Token from,
            Token to,
            Optional<byte[]> afterKey,
            int limit,
            Completion<List<Entry>> completion) {
        opened(table).remains(new TokenRange(from, to), afterKey, limit, completion);
    }

    @Override
    public void heal(String table, Token from, Token to, List<Entry> records, Completion<Integer> completion) {
        LsmTable healed = opened(table);
        new Healing(healed, new TokenRange(from, to), quarantine, this::keepHealed, completion).begin(records);
    }

    @Override
    public Job verify(long bytesPerSecond) {
        return verifier.verify(bytesPerSecond);
    }

    private void keepHealed(LsmTable table, List<HealedRange> healed, Completion<Integer> completion) {
        try {
            parts.threads().store().execute(() -> keep(table, healed, completion));
        } catch (RejectedExecutionException e) {
            completion.onFailure(new StorageFullException("storage is closed", e));
        }
    }

    /** Store thread: first the manifest, then what readers see, then what is merged. */
    private void keep(LsmTable table, List<HealedRange> healed, Completion<Integer> completion) {
        quarantine.addHealed(healed);
        boolean isKept = store.keepQuarantine();
        parts.loop().execute(() -> {
            if (!isKept) {
                completion.onFailure(refusal());
                return;
            }
            quarantine.show(healed);
            EngineThreads.runUnlessEnded(parts.threads().store(), () -> store.compact(table));
            completion.onResult(healed.size());
        });
    }

    private RuntimeException refusal() {
        Optional<? extends RuntimeException> fenced = fence.refusal();
        return fenced.isPresent() ? fenced.get() : new StorageFullException("storage is closed");
    }

    private LsmTable opened(String table) {
        LsmTable opened = tables.get(table);
        if (opened == null) {
            throw new IllegalArgumentException("table " + table + " is not open; open it with its join first");
        }
        return opened;
    }
}
