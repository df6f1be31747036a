package io.annulus.simulator;

import java.time.Duration;

/** What goes wrong with the clocks of a node. */
final class ClockFaults {

    private static final long MAX_JUMP_MILLIS = 600_000;
    private static final int MAX_DRIFT_PERMILLE = 100;

    private ClockFaults() {}

    static Strike jump(Scene scene) {
        Duration skew = Duration.ofMillis(scene.random().between(-MAX_JUMP_MILLIS, MAX_JUMP_MILLIS));
        scene.node().skewWall(skew);
        return new Strike(" by " + skew, () -> scene.node().skewWall(Duration.ZERO));
    }

    static Strike drift(Scene scene) {
        int size = (int) scene.random().between(1, MAX_DRIFT_PERMILLE);
        int permille = scene.random().nextInt(2) == 0 ? size : -size;
        scene.node().drift(permille);
        return new Strike(" of " + permille + " permille", scene.node()::correctClocks);
    }
}
