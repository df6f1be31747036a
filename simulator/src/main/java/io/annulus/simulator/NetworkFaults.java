package io.annulus.simulator;

import java.util.ArrayList;
import java.util.List;

/** How messages are kept from their receivers, or come late. */
final class NetworkFaults {

    private static final long MIN_SLOW_NANOS = 20_000_000;
    private static final long MAX_SLOW_NANOS = 1_000_000_000;
    private static final long MIN_THIN_BYTES_PER_SECOND = 5_000;
    private static final long MAX_THIN_BYTES_PER_SECOND = 500_000;

    private final NetworkSettings usual;

    NetworkFaults(NetworkSettings usual) {
        this.usual = usual;
    }

    Strike cut(Scene scene) {
        scene.network().cut(scene.node(), scene.other());
        return new Strike(to(scene.other()), () -> scene.network().heal(scene.node(), scene.other()));
    }

    Strike isolate(Scene scene) {
        scene.network().isolate(scene.node());
        return new Strike("", () -> scene.network().rejoin(scene.node()));
    }

    Strike partition(Scene scene) {
        List<SimulatedNode> side = new ArrayList<>(List.of(scene.node()));
        List<SimulatedNode> otherSide = new ArrayList<>(List.of(scene.other()));
        for (SimulatedNode node : scene.world().nodes()) {
            if (node != scene.node() && node != scene.other()) {
                (scene.random().nextInt(2) == 0 ? side : otherSide).add(node);
            }
        }
        scene.network().partition(side, otherSide);
        return new Strike(
                " of " + side + " from " + otherSide, () -> scene.network().heal(side, otherSide));
    }

    Strike slowLink(Scene scene) {
        long slow = scene.random().between(MIN_SLOW_NANOS, MAX_SLOW_NANOS);
        return link(scene, usual.with(Latency.between(slow / 2, slow)));
    }

    Strike thinLink(Scene scene) {
        long bytes = scene.random().between(MIN_THIN_BYTES_PER_SECOND, MAX_THIN_BYTES_PER_SECOND);
        return link(scene, usual.with(new Bandwidth(bytes, bytes)));
    }

    Strike rough(Scene scene) {
        scene.network().set(NetworkSettings.ROUGH);
        return new Strike("", () -> scene.network().set(usual));
    }

    private static Strike link(Scene scene, NetworkSettings settings) {
        scene.network().set(scene.node(), scene.other(), settings);
        return new Strike(to(scene.other()), () -> scene.network().reset(scene.node(), scene.other()));
    }

    private static String to(SimulatedNode other) {
        return " to " + other;
    }
}
