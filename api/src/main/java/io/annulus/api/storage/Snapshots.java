package io.annulus.api.storage;

import io.annulus.api.runtime.Completion;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Snapshots of the whole store, kept in its data directory. A snapshot shares its large files with the store (hard links), so
 * that it costs little until the store replaces them. It is restored by copying its folder into an empty data directory: the
 * store that is opened there has all data and values of the snapshot, and is another store with another origin, which counts
 * for no read until it was repaired.
 */
@ProviderType
public interface Snapshots {

    /** Those that are complete, by name; any thread. */
    List<Snapshot> list();

    /**
     * Takes a snapshot: it holds every write that was acknowledged before the call, and of the later ones those before some
     * point of the log. Completes when it is durable; fails, and leaves none, with {@link StorageFullException} when there is no room, with {@link
     * StorageFencedException} when the log failed. Its progress is among {@link StorageEngine#jobs}. On the loop.
     *
     * @param name 1 to 63 letters, digits, '-' or '_'
     * @throws IllegalArgumentException when the name is none, or is taken
     */
    void create(String name, Completion<Snapshot> completion);

    /**
     * Deletes a snapshot; completes, with its name, when it is durably gone. On the loop.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    void delete(String name, Completion<String> completion);
}
