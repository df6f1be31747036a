package io.annulus.itests.mutants;

import io.annulus.api.storage.Integrity;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.Snapshots;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StorageFigures;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.SystemStore;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import java.util.List;

/** A storage engine that passes everything on; bugs override what they change. */
abstract class ForwardingStorage implements StorageEngine {

    private final StorageEngine real;

    ForwardingStorage(StorageEngine real) {
        this.real = real;
    }

    @Override
    public StoreIdentity identity() {
        return real.identity();
    }

    @Override
    public Table openTable(TableSpec spec) {
        return real.openTable(spec);
    }

    @Override
    public final SystemStore system() {
        return real.system();
    }

    @Override
    public final Integrity integrity() {
        return real.integrity();
    }

    @Override
    public final StorageStatus status() {
        return real.status();
    }

    @Override
    public final StorageFigures figures() {
        return real.figures();
    }

    @Override
    public final Snapshots snapshots() {
        return real.snapshots();
    }

    @Override
    public final List<Job> jobs() {
        return real.jobs();
    }
}
