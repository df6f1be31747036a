package io.annulus.api.storage;

import java.util.Objects;

/**
 * A snapshot of the whole store.
 *
 * @param name its name, and that of its folder in "snapshots"
 * @param files number of its files
 * @param bytes bytes of its files
 * @param heldBytes those of them that the store itself needs no more: what deleting the snapshot frees, if no other holds them
 */
public record Snapshot(String name, int files, long bytes, long heldBytes) {

    public Snapshot {
        Objects.requireNonNull(name, "name");
    }
}
