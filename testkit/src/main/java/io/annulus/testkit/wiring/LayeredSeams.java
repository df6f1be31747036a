package io.annulus.testkit.wiring;

import io.annulus.api.Keyspace;
import io.annulus.api.cluster.Membership;
import io.annulus.api.ring.RingService;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.version.DotSupply;
import io.annulus.api.version.Versioning;
import io.annulus.simulator.SimulatedNode;

/** Seams over others, at each part; the number of reserved dots is that of the lower ones. */
record LayeredSeams(Seams lower, Seams upper) implements Seams {

    @Override
    public NodeRuntime runtime(SimulatedNode node, NodeRuntime real) {
        return upper.runtime(node, lower.runtime(node, real));
    }

    @Override
    public Messenger messenger(SimulatedNode node, Messenger real) {
        return upper.messenger(node, lower.messenger(node, real));
    }

    @Override
    public StorageEngine storage(SimulatedNode node, StorageEngine real) {
        return upper.storage(node, lower.storage(node, real));
    }

    @Override
    public Membership membership(SimulatedNode node, Membership real) {
        return upper.membership(node, lower.membership(node, real));
    }

    @Override
    public RingService rings(SimulatedNode node, RingService real) {
        return upper.rings(node, lower.rings(node, real));
    }

    @Override
    public Versioning versioning(SimulatedNode node, Versioning real) {
        return upper.versioning(node, lower.versioning(node, real));
    }

    @Override
    public DotSupply dots(SimulatedNode node, DotSupply real) {
        return upper.dots(node, lower.dots(node, real));
    }

    @Override
    public int dotsReserved() {
        return lower.dotsReserved();
    }

    @Override
    public Keyspace keyspace(SimulatedNode node, Keyspace real) {
        return upper.keyspace(node, lower.keyspace(node, real));
    }
}
