package io.annulus.storage.testkit;

import io.annulus.simulator.SimulatedWorld;
import io.annulus.simulator.contract.StorageContract;

/** The engine of production. */
class LsmStoreContractTest extends StorageContract {

    @Override
    protected void prepare(SimulatedWorld newWorld) {
        newWorld.storeIn(LsmStore::new);
    }
}
