package io.annulus.api.storage;

import io.annulus.api.version.RecordJoin;
import java.util.Objects;

/**
 * A table of the engine.
 *
 * @param name 1 to 63 letters, digits, '-' or '_'; a name that begins with '_' is the store's own
 * @param join how two records of one key become one
 * @param options how it is kept
 */
public record TableSpec(String name, RecordJoin join, TableOptions options) {

    public TableSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(join, "join");
        Objects.requireNonNull(options, "options");
        if (!name.matches("[A-Za-z0-9_-]{1,63}")) {
            throw new IllegalArgumentException("table name '" + name + "' is not 1 to 63 letters, digits, '-' or '_'");
        }
    }

    /** A table that is kept as {@link TableOptions#DEFAULT} says. */
    public TableSpec(String name, RecordJoin join) {
        this(name, join, TableOptions.DEFAULT);
    }
}
