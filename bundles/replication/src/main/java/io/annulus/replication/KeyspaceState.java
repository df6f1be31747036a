package io.annulus.replication;

import io.annulus.api.KeyspaceSettings;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Table;
import java.util.Objects;

/**
 * A keyspace on this node.
 *
 * @param settings what holds for it
 * @param table its records
 */
record KeyspaceState(KeyspaceSettings settings, Table table) {

    KeyspaceState {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(table, "table");
    }

    String name() {
        return settings.name();
    }

    /** Whether an acknowledgement outlives a power cut. Where it does not, no two quorums can be relied upon to meet. */
    boolean isSynced() {
        return settings.durability() == Durability.SYNCED;
    }

    /** W of the writes that a read of so many answers must meet; 0 where none can be relied upon. */
    int overlapWrites(int copies) {
        return isSynced() ? Math.min(settings.writes(), copies) : 0;
    }

    /** R of the reads that a write of so many acknowledgements must meet; 0 where none can be relied upon. */
    int overlapReads(int copies) {
        return isSynced() ? Math.min(settings.reads(), copies) : 0;
    }
}
