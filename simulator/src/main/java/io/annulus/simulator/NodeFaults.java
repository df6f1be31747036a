package io.annulus.simulator;

import java.util.Optional;

/** How a node, or its disk, is lost for a while or for good; an {@link Operator} brings it back. */
final class NodeFaults {

    private final Operator operator;

    NodeFaults(Operator operator) {
        this.operator = operator;
    }

    Strike powerCut(Scene scene) {
        scene.node().crash();
        return broughtBack(scene);
    }

    Strike kill(Scene scene) {
        scene.node().kill();
        return broughtBack(scene);
    }

    Strike stop(Scene scene) {
        operator.close(scene.node());
        return broughtBack(scene);
    }

    Strike pause(Scene scene) {
        scene.node().pause(scene.length());
        return new Strike("", scene.node()::resume);
    }

    Strike failSync(Scene scene) {
        SimulatedNode node = scene.node();
        node.store().setFailsSync(true);
        Strike fenced = broughtBack(scene);
        return new Strike("", () -> {
            node.store().setFailsSync(false);
            if (node.isRunning()) {
                operator.close(node);
            }
            fenced.mend().run();
        });
    }

    Strike replaceDisk(Scene scene) {
        scene.node().crash();
        scene.node().wipe();
        return broughtBack(scene);
    }

    /** Nothing when there was no backup yet. */
    Optional<Strike> restoreDisk(Scene scene) {
        if (!operator.hasBackup(scene.node())) {
            return Optional.empty();
        }
        scene.node().crash();
        scene.node().restore();
        return Optional.of(broughtBack(scene));
    }

    /** Nothing when the disk holds nothing that can be damaged so. */
    Optional<Strike> damage(Scene scene, SimulatedStore.Damage kind) {
        return scene.node().store().damage(kind)
                ? Optional.of(new Strike("", () -> operator.replaceDisk(scene.node())))
                : Optional.empty();
    }

    Strike die(Scene scene) {
        scene.node().die();
        operator.takenDown(scene.node());
        return new Strike("", () -> {});
    }

    private Strike broughtBack(Scene scene) {
        operator.takenDown(scene.node());
        return new Strike("", () -> operator.bringBack(scene.node()));
    }
}
