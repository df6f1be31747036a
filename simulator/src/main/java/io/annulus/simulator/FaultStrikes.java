package io.annulus.simulator;

import io.annulus.simulator.SimulatedStore.Damage;
import java.util.Optional;

/** Carries out each kind of fault. A new kind is a constant of {@link Fault} and a method to be called here. */
final class FaultStrikes {

    private final NetworkFaults network;
    private final NodeFaults nodes;

    FaultStrikes(NetworkSettings usual, Operator operator) {
        this.network = new NetworkFaults(usual);
        this.nodes = new NodeFaults(operator);
    }

    /** Nothing when there was nothing to strike. */
    Optional<Strike> strike(Fault fault, Scene scene) {
        return switch (fault) {
            case DISK_RESTORED -> nodes.restoreDisk(scene);
            case FLIPPED_BIT -> nodes.damage(scene, Damage.FLIPPED_BIT);
            case MISDIRECTED_WRITE -> nodes.damage(scene, Damage.MISDIRECTED_WRITE);
            case LOST_WRITE -> nodes.damage(scene, Damage.LOST_WRITE);
            case POWER_CUT -> Optional.of(nodes.powerCut(scene));
            case KILL -> Optional.of(nodes.kill(scene));
            case STOP -> Optional.of(nodes.stop(scene));
            case PAUSE -> Optional.of(nodes.pause(scene));
            case FAILED_SYNC -> Optional.of(nodes.failSync(scene));
            case DISK_REPLACED -> Optional.of(nodes.replaceDisk(scene));
            case DEATH -> Optional.of(nodes.die(scene));
            case CUT -> Optional.of(network.cut(scene));
            case ISOLATE -> Optional.of(network.isolate(scene));
            case PARTITION -> Optional.of(network.partition(scene));
            case SLOW_LINK -> Optional.of(network.slowLink(scene));
            case THIN_LINK -> Optional.of(network.thinLink(scene));
            case ROUGH_NETWORK -> Optional.of(network.rough(scene));
            case SLOW_DISK -> Optional.of(DiskFaults.slow(scene));
            case FULL_DISK -> Optional.of(DiskFaults.full(scene));
            case CLOCK_JUMP -> Optional.of(ClockFaults.jump(scene));
            case CLOCK_DRIFT -> Optional.of(ClockFaults.drift(scene));
        };
    }
}
