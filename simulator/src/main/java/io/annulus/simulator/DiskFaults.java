package io.annulus.simulator;

/** What goes wrong with a disk while its node runs, and nothing is lost by it. */
final class DiskFaults {

    private DiskFaults() {}

    static Strike slow(Scene scene) {
        SimulatedStore store = scene.node().store();
        store.set(DiskSettings.SLOW);
        return new Strike("", () -> store.set(DiskSettings.FAST));
    }

    static Strike full(Scene scene) {
        SimulatedStore store = scene.node().store();
        store.setFull(true);
        return new Strike("", () -> store.setFull(false));
    }
}
