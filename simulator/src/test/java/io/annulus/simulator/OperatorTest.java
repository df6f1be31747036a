package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StorageFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes whose storage does not open. */
class OperatorTest {

    private final SimulatedWorld world = new SimulatedWorld(Seeds.seed());
    private final List<String> losses = new ArrayList<>();
    private final Operator operator =
            new Operator(world, FaultPlan.all(1, 1), world.random().fork("operator"), this::note);
    private boolean damaged;
    private boolean full;

    private void note(String what, SimulatedNode node, boolean losesData) {
        if (losesData) {
            losses.add(node + ": " + what);
        }
    }

    private SimulatedNode downNode() {
        world.storeIn(random -> new BrittleStore(new SimulatedDisk(random)));
        SimulatedNode node = world.addNodes(1).get(0);
        node.crash();
        operator.takenDown(node);
        return node;
    }

    @Test
    void damagedDiskThatDoesNotOpenIsReplacedAfterAWhile() {
        SimulatedNode node = downNode();
        operator.damaged(node);
        damaged = true;
        operator.bringBack(node);
        assertFalse(node.isRunning());

        world.runFor(Duration.ofSeconds(10));
        assertTrue(node.isRunning());
        assertEquals(List.of("n1: disk replaced by the operator"), losses);
        assertTrue(operator.allows(Fault.STOP, node));
    }

    @Test
    void damagedDiskThatDoesNotOpenIsReplacedAtTheEnd() {
        SimulatedNode node = downNode();
        operator.damaged(node);
        damaged = true;
        operator.bringBack(node);

        operator.replaceBroken();

        assertTrue(node.isRunning());
    }

    @Test
    void soundDiskThatDoesNotOpenEndsTheRun() {
        SimulatedNode node = downNode();
        damaged = true;

        assertThrows(CorruptDataException.class, () -> operator.bringBack(node));
    }

    @Test
    void roomIsMadeOnADiskThatIsTooFullToStartFrom() {
        SimulatedNode node = downNode();
        full = true;
        operator.bringBack(node);

        assertTrue(node.isRunning());
        assertEquals(List.of(), losses);
    }

    @Test
    void nodeWhoseDiskIsTooFullToCloseCleanlyIsDown() {
        SimulatedNode node = downNode();
        operator.bringBack(node);
        full = true;
        operator.close(node);

        assertFalse(node.isRunning());
    }

    @Test
    void onlySoManyAreDownAndDamaged() {
        List<SimulatedNode> nodes = world.addNodes(2);
        nodes.get(0).crash();
        operator.takenDown(nodes.get(0));
        operator.damaged(nodes.get(0));

        assertFalse(operator.allows(Fault.STOP, nodes.get(0)));
        assertFalse(operator.allows(Fault.STOP, nodes.get(1)));
        assertTrue(operator.allows(Fault.PAUSE, nodes.get(1)));
        assertFalse(operator.allows(Fault.FLIPPED_BIT, nodes.get(1)));
        operator.bringBack(nodes.get(0));
        assertTrue(operator.allows(Fault.STOP, nodes.get(1)));
        assertTrue(operator.allows(Fault.FLIPPED_BIT, nodes.get(0)));
        assertFalse(operator.allows(Fault.DISK_REPLACED, nodes.get(1)));
    }

    /** Does not open while it is damaged or full, nor close cleanly while it is full; a wipe makes it sound. */
    private final class BrittleStore implements SimulatedStore {

        private final SimulatedDisk disk;

        private BrittleStore(SimulatedDisk disk) {
            this.disk = disk;
        }

        @Override
        public StorageEngine open(SimulatedNode node) {
            if (damaged) {
                throw new CorruptDataException("the manifest is damaged");
            }
            if (full) {
                throw new StorageFullException("no room for a log");
            }
            return disk.open(node);
        }

        @Override
        public void wipe() {
            damaged = false;
            disk.wipe();
        }

        @Override
        public void crash(boolean powerLost) {
            disk.crash(powerLost);
        }

        @Override
        public void close() {
            disk.close();
            if (full) {
                throw new UncheckedIOException("not marked as closed", new IOException("no room"));
            }
        }

        @Override
        public void backUp() {
            disk.backUp();
        }

        @Override
        public boolean restore() {
            return disk.restore();
        }

        @Override
        public boolean damage(Damage kind) {
            return disk.damage(kind);
        }

        @Override
        public void set(DiskSettings settings) {
            disk.set(settings);
        }

        @Override
        public void setFull(boolean isFull) {
            full = isFull;
            disk.setFull(isFull);
        }

        @Override
        public void setFailsSync(boolean fails) {
            disk.setFailsSync(fails);
        }
    }
}
