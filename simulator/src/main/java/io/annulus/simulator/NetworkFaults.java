package io.annulus.simulator;

import io.annulus.api.runtime.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

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
        return new Strike(to(scene.other()), scene.network().cut(scene.node(), scene.other())::cancel);
    }

    Strike isolate(Scene scene) {
        return new Strike("", scene.network().isolate(scene.node())::cancel);
    }

    Strike partition(Scene scene) {
        List<SimulatedNode> side = new ArrayList<>(List.of(scene.node()));
        List<SimulatedNode> otherSide = new ArrayList<>(List.of(scene.other()));
        for (SimulatedNode node : scene.world().nodes()) {
            if (node != scene.node() && node != scene.other()) {
                (scene.random().nextInt(2) == 0 ? side : otherSide).add(node);
            }
        }
        Cancellable cuts = scene.network().partition(side, otherSide);
        return new Strike(" of " + side + " from " + otherSide, cuts::cancel);
    }

    Strike slowLink(Scene scene) {
        long slow = scene.random().between(MIN_SLOW_NANOS, MAX_SLOW_NANOS);
        return alter(scene, settings -> settings.with(Latency.between(slow / 2, slow)));
    }

    Strike thinLink(Scene scene) {
        long bytes = scene.random().between(MIN_THIN_BYTES_PER_SECOND, MAX_THIN_BYTES_PER_SECOND);
        return alter(scene, settings -> settings.with(new Bandwidth(bytes, bytes)));
    }

    Strike rough(Scene scene) {
        scene.network().set(NetworkSettings.ROUGH);
        return new Strike("", () -> scene.network().set(usual));
    }

    private static Strike alter(Scene scene, UnaryOperator<NetworkSettings> change) {
        Cancellable altered = scene.network().alter(scene.node(), scene.other(), change);
        return new Strike(to(scene.other()), altered::cancel);
    }

    private static String to(SimulatedNode other) {
        return " to " + other;
    }
}
