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

/**
 * Where something may be put between the parts of a simulated store: each method is given the real part at each start of a
 * node, and gives what the others are to use in its place. Called on the node's loop.
 */
public interface Seams {

    /** The real parts as they are. */
    Seams NONE = new Seams() {};

    /** Loop, clocks, randomness. */
    default NodeRuntime runtime(SimulatedNode node, NodeRuntime real) {
        return real;
    }

    /** Messages of this node. */
    default Messenger messenger(SimulatedNode node, Messenger real) {
        return real;
    }

    /** Tables of this node. */
    default StorageEngine storage(SimulatedNode node, StorageEngine real) {
        return real;
    }

    /** Who is believed up. */
    default Membership membership(SimulatedNode node, Membership real) {
        return real;
    }

    /** The ring in use. */
    default RingService rings(SimulatedNode node, RingService real) {
        return real;
    }

    /** Makes and joins records. */
    default Versioning versioning(SimulatedNode node, Versioning real) {
        return real;
    }

    /** Fresh names of versions. */
    default DotSupply dots(SimulatedNode node, DotSupply real) {
        return real;
    }

    /** How many names of versions are reserved on disk at a time: few, so that short runs reserve often. */
    default int dotsReserved() {
        return 64;
    }

    /** What a client is given. */
    default Keyspace keyspace(SimulatedNode node, Keyspace real) {
        return real;
    }

    /** These seams, with others put over them: those are given as the real parts what these give. */
    default Seams under(Seams others) {
        return new LayeredSeams(this, others);
    }
}
