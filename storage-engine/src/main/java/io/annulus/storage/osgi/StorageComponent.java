package io.annulus.storage.osgi;

import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.runtime.JvmAccess;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.SystemStore;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.storage.disk.DiskStorage;
import io.annulus.storage.disk.DiskStorageConfig;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The storage of the node as a service: opened when it is activated, closed when it is deactivated. */
@Component(service = StorageEngine.class, immediate = true, configurationPid = "annulus.storage")
@Designate(ocd = StorageSettings.class)
public final class StorageComponent implements StorageEngine {

    private final DiskStorage storage;

    /**
     * Opens the data directory of the node.
     *
     * @param access not called: it is there once the JVM is open to Chronicle
     */
    @Activate
    public StorageComponent(
            @Reference NodeSettings node,
            @Reference NodeRuntime runtime,
            @Reference JvmAccess access,
            StorageSettings settings) {
        DiskStorageConfig config = StorageSettings.Reader.config(settings, node.dataDirectory());
        this.storage = DiskStorage.open(config, node.node(), runtime.loop());
    }

    /** Closes the data directory. */
    @Deactivate
    public void close() {
        storage.close();
    }

    @Override
    public StoreIdentity identity() {
        return storage.identity();
    }

    @Override
    public Table openTable(TableSpec spec) {
        return storage.openTable(spec);
    }

    @Override
    public SystemStore system() {
        return storage.system();
    }

    @Override
    public StorageStatus status() {
        return storage.status();
    }
}
