package io.annulus.simulator;

import java.time.Duration;

/**
 * Where a fault strikes.
 *
 * @param node the node that it strikes
 * @param other another node than that, for what is between two
 * @param length how long it lasts
 * @param random for choices of the fault's own
 */
record Scene(SimulatedNode node, SimulatedNode other, Duration length, SimulatedRandom random) {

    SimulatedWorld world() {
        return node.world();
    }

    SimulatedNetwork network() {
        return node.world().network();
    }
}
