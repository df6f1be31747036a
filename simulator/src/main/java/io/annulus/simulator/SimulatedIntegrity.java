package io.annulus.simulator;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.DamageListener;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.Integrity;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.QuarantinedRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a {@link SimulatedStorage} knows of the places of its disk that were damaged; the disk knows them all at once. */
final class SimulatedIntegrity implements Integrity {

    private final SimulatedDisk disk;
    private final SimulatedLoop loop;
    private final Map<String, SimulatedTable> tables;
    private final List<DamageListener> listeners = new ArrayList<>();

    SimulatedIntegrity(SimulatedDisk disk, SimulatedLoop loop, Map<String, SimulatedTable> tables) {
        this.disk = disk;
        this.loop = loop;
        this.tables = tables;
    }

    @Override
    public List<QuarantinedRange> quarantined() {
        List<QuarantinedRange> ranges = new ArrayList<>();
        for (String table : tables.keySet()) {
            disk.corruptTokens()
                    .forEach(token -> ranges.add(
                            new QuarantinedRange(table, token, token, "disk", "token " + token + " is damaged")));
        }
        ranges.sort(Comparator.comparing(QuarantinedRange::table).thenComparing(QuarantinedRange::from));
        return List.copyOf(ranges);
    }

    @Override
    public Cancellable listen(DamageListener listener) {
        DamageListener added = listener::onDamage;
        listeners.add(added);
        List<QuarantinedRange> open = quarantined();
        loop.execute(() -> {
            if (listeners.contains(added)) {
                open.forEach(added::onDamage);
            }
        });
        return () -> listeners.remove(added);
    }

    @Override
    public void remains(
            String table,
            Token from,
            Token to,
            Optional<byte[]> afterKey,
            int limit,
            Completion<List<Entry>> completion) {
        opened(table).remains(from, to, afterKey, limit, completion);
    }

    @Override
    public void heal(String table, Token from, Token to, List<Entry> records, Completion<Integer> completion) {
        SimulatedTable healed = opened(table);
        int[] waiting = {records.size() + 1};
        List<Throwable> failures = new ArrayList<>();
        Runnable end = () -> {
            if (--waiting[0] > 0) {
                return;
            }
            if (failures.isEmpty()) {
                completion.onResult(disk.heal(from, to));
            } else {
                completion.onFailure(failures.get(0));
            }
        };
        for (Entry entry : records) {
            healed.append(entry.token(), entry.key(), entry.record(), Completion.of(done -> end.run(), failure -> {
                failures.add(failure);
                end.run();
            }));
        }
        end.run();
    }

    /** Done at once: there are no bytes to be read. */
    @Override
    public Job verify(long bytesPerSecond) {
        return new SimulatedVerification(loop);
    }

    private SimulatedTable opened(String table) {
        SimulatedTable opened = tables.get(table);
        if (opened == null) {
            throw new IllegalArgumentException("table " + table + " is not open; open it with its join first");
        }
        return opened;
    }
}
