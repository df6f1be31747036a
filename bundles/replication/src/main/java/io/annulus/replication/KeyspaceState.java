package io.annulus.replication;

import io.annulus.api.KeyspaceSettings;
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
}
