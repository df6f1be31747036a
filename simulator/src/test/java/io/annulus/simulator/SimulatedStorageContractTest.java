package io.annulus.simulator;

import io.annulus.simulator.contract.StorageContract;

/** The simulator's own store, a map. */
class SimulatedStorageContractTest extends StorageContract {

    @Override
    protected void prepare(SimulatedWorld newWorld) {
        // It is what nodes have unless told otherwise.
    }
}
