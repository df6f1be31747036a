package io.annulus.simulator;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.simulator.SimulatedDisk.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table of a {@link SimulatedStorage}. Records are kept as they were handed over. */
final class SimulatedTable implements Table {

    private static final int MAX_SCAN = 1024;
    private static final byte[] BEFORE_ALL = new byte[0];

    private final SimulatedStorage storage;
    private final SimulatedDisk disk;
    private final TableSpec spec;

    SimulatedTable(SimulatedStorage storage, SimulatedDisk disk, TableSpec spec) {
        this.storage = storage;
        this.disk = disk;
        this.spec = spec;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
        try {
            spec.join().verify(record);
        } catch (CorruptRecordException e) {
            completion.onFailure(new CorruptDataException("record for table " + name() + " is damaged", e));
            return;
        }
        Slot slot = new Slot(token, key);
        storage.append(target -> target.join(name(), slot, record, spec.join()), Durability.SYNCED, completion);
    }

    @Override
    public void read(Token token, byte[] key, Completion<Optional<byte[]>> completion) {
        Slot slot = new Slot(token, key);
        storage.read(() -> {
            if (disk.isCorrupt(slot)) {
                completion.onFailure(damaged(slot));
            } else {
                completion.onResult(Optional.ofNullable(disk.records(name()).get(slot)));
            }
        });
    }

    @Override
    public void scan(Token from, Token to, Optional<byte[]> afterKey, int limit, Completion<List<Entry>> completion) {
        if (limit < 1 || limit > MAX_SCAN) {
            throw new IllegalArgumentException("scan limit " + limit + " is not 1 to " + MAX_SCAN);
        }
        scan(from, to, afterKey, limit, false, completion);
    }

    /** As a scan, but what is damaged is passed over. */
    void remains(Token from, Token to, Optional<byte[]> afterKey, int limit, Completion<List<Entry>> completion) {
        scan(from, to, afterKey, limit, true, completion);
    }

    private void scan(
            Token from,
            Token to,
            Optional<byte[]> afterKey,
            int limit,
            boolean isOfRemains,
            Completion<List<Entry>> completion) {
        Slot start = new Slot(from, afterKey.orElse(BEFORE_ALL));
        storage.read(() -> {
            List<Entry> found = new ArrayList<>();
            for (Map.Entry<Slot, byte[]> entry :
                    disk.records(name()).tailMap(start, afterKey.isEmpty()).entrySet()) {
                Slot slot = entry.getKey();
                if (found.size() == limit || slot.token().compareTo(to) > 0) {
                    break;
                }
                boolean isCorrupt = disk.isCorrupt(slot);
                if (isCorrupt && !isOfRemains) {
                    completion.onFailure(damaged(slot));
                    return;
                }
                if (!isCorrupt) {
                    found.add(new Entry(slot.token(), slot.key(), entry.getValue()));
                }
            }
            completion.onResult(List.copyOf(found));
        });
    }

    @Override
    public void remove(Token token, byte[] key, Completion<Durability> completion) {
        if (!name().startsWith("_")) {
            throw new UnsupportedOperationException(
                    "table " + name() + " holds replicated data, where a delete is a record; append a tombstone");
        }
        Slot slot = new Slot(token, key);
        storage.append(target -> target.remove(name(), slot), Durability.SYNCED, completion);
    }

    private CorruptDataException damaged(Slot slot) {
        return new CorruptDataException(
                "table " + name() + " is damaged at token " + slot.token() + "; repair it from its peers");
    }
}
