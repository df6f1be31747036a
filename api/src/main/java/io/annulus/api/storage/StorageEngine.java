package io.annulus.api.storage;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The storage of a node: tables over one commit log. The service is registered once recovery is complete, and used on the
 * event loop unless said otherwise.
 */
@ProviderType
public interface StorageEngine {

    /** Who the data directory is; any thread. */
    StoreIdentity identity();

    /**
     * Opens a table, and creates it when it is not there; opening it again gives the same table, whose join stays the first
     * one.
     */
    Table openTable(TableSpec spec);

    /** Small values of the node itself. */
    SystemStore system();

    /** What it knows of damage to its own bytes, and how that is made good. */
    Integrity integrity();

    /** How it fares; any thread. */
    StorageStatus status();

    /** What it holds and what its work costs; any thread. */
    StorageFigures figures();

    /** Snapshots of all tables and system values. */
    Snapshots snapshots();

    /** The jobs under way and the last that ended, by number; any thread. */
    List<Job> jobs();
}
