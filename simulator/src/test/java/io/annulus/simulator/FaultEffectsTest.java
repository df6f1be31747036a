package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.message.WriteRequest;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.StorageStatus;
import io.annulus.simulator.history.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of fault alone: that it strikes, that something is to be seen of it, and that nothing is after the end. */
class FaultEffectsTest {

    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SimulatedWorld world = new SimulatedWorld(Seeds.seed());
    private final List<SimulatedNode> nodes = world.addNodes(5);
    private final List<Incident> incidents = new ArrayList<>();

    FaultEffectsTest() {
        nodes.forEach(node -> node.program(self -> new GossipingProgram(self, nodes)));
        world.runFor(Duration.ofMillis(100));
    }

    private RandomFaults strikeWith(Fault fault) {
        return new RandomFaults(world, nodes, new FaultPlan(EnumSet.of(fault), 2, 2, INTERVAL), incidents::add);
    }

    private void awaitEffect(BooleanSupplier effect) {
        assertTrue(world.runUntil(effect, LONG), "no effect within " + LONG + ": " + incidents);
    }

    private boolean anyNode(Predicate<SimulatedNode> condition) {
        return nodes.stream().anyMatch(condition);
    }

    private long toldOf(String kind) {
        return incidents.stream()
                .filter(incident -> incident.kind().startsWith(kind))
                .count();
    }

    private void assertWhole() {
        assertTrue(nodes.stream().allMatch(SimulatedNode::isRunning), "down: " + incidents);
        world.runFor(Duration.ofSeconds(2));
        long lost = world.network().lost();
        world.runFor(Duration.ofSeconds(1));
        assertEquals(lost, world.network().lost(), "messages are lost still");
        for (SimulatedNode node : nodes) {
            assertEquals(StorageStatus.State.OPEN, node.storage().status().state());
            assertEquals(
                    world.nanos() / 1_000_000, node.time().wallMillis() - SimulatedWorld.START_WALL_MILLIS, 1, "clock");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "DEATH", mode = EnumSource.Mode.EXCLUDE)
    void eachKindStrikesIsToldAndIsMended(Fault fault) {
        RandomFaults faults = strikeWith(fault);
        world.runFor(Duration.ofSeconds(10));
        assertTrue(faults.struck().getOrDefault(fault, 0) > 3, "struck " + faults.struck());
        faults.end();

        assertWhole();
        assertEquals((long) faults.struck().get(fault), toldOf(fault + " mended"));
        assertEquals(2L * faults.struck().get(fault), toldOf(fault.name()));
        assertEquals(fault.losesData(), incidents.stream().anyMatch(Incident::losesData));
        long end = toldOf(fault.name());
        world.runFor(Duration.ofSeconds(1));
        assertEquals(end, toldOf(fault.name()), "it strikes after the end");
    }

    @ParameterizedTest
    @EnumSource(names = {"POWER_CUT", "KILL", "STOP", "DISK_REPLACED", "DISK_RESTORED", "DEATH"})
    void nodeIsDown(Fault fault) {
        strikeWith(fault);
        awaitEffect(() -> anyNode(node -> !node.isRunning()));
        assertTrue(toldOf(fault.name()) > 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "ISOLATE", "PARTITION", "ROUGH_NETWORK"})
    void messagesAreLost(Fault fault) {
        assertEquals(0, world.network().lost());
        strikeWith(fault);
        awaitEffect(() -> world.network().lost() > 10);
    }

    @Test
    void deadNodesStayDeadAndTheOthersAreStruckNoMore() {
        RandomFaults faults = strikeWith(Fault.DEATH);
        world.runFor(Duration.ofSeconds(10));
        faults.end();

        assertEquals(2, faults.struck().get(Fault.DEATH));
        assertEquals(2, nodes.stream().filter(SimulatedNode::isDead).count());
        assertEquals(3, nodes.stream().filter(SimulatedNode::isRunning).count());
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK_REPLACED", "DISK_RESTORED"})
    void diskIsAnotherOne(Fault fault) {
        List<Long> before =
                nodes.stream().map(node -> node.storage().identity().storeId()).toList();
        strikeWith(fault);
        awaitEffect(() -> toldOf(fault + " mended") > 0);

        List<Long> after =
                nodes.stream().map(node -> node.storage().identity().storeId()).toList();
        assertNotEquals(before, after);
    }

    @Test
    void pausedNodesRunNothingUntilTheirPauseEnds() {
        RandomFaults faults = strikeWith(Fault.PAUSE);
        awaitEffect(() -> anyNode(node -> node.loop().isPaused()));
        SimulatedNode paused = nodes.stream()
                .filter(node -> node.loop().isPaused())
                .findFirst()
                .orElseThrow();
        List<Long> ran = new ArrayList<>();
        paused.loop().execute(() -> ran.add(world.nanos()));
        world.runFor(Duration.ofMillis(1));
        assertEquals(List.of(), ran);
        faults.end();
        long end = world.nanos();
        world.runFor(Duration.ofMillis(1));

        assertEquals(List.of(end), ran);
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_LINK", "THIN_LINK"})
    void messagesAreLateUntilItIsMended(Fault fault) {
        SimulatedWorld quiet = new SimulatedWorld(Seeds.seed());
        List<SimulatedNode> pair = quiet.addNodes(2);
        assertTrue(millisUnderWay(quiet, pair) <= 1);
        NetworkFaults faults = new NetworkFaults(NetworkSettings.CALM);
        Scene scene = new Scene(pair.get(0), pair.get(1), INTERVAL, quiet.random());

        Strike strike = fault == Fault.SLOW_LINK ? faults.slowLink(scene) : faults.thinLink(scene);
        long late = millisUnderWay(quiet, pair);
        strike.mend().run();

        assertTrue(late >= 10, "it took " + late + " ms");
        assertTrue(millisUnderWay(quiet, pair) <= 1);
    }

    private static long millisUnderWay(SimulatedWorld world, List<SimulatedNode> pair) {
        long sent = world.nanos();
        long delivered = world.network().delivered();
        WriteRequest big = new WriteRequest(1, 1, "ks", Optional.empty(), new byte[] {7}, new byte[10_000]);
        pair.get(0)
                .run(() -> pair.get(0).messenger().send(pair.get(1).settings().endpoint(), big));
        assertTrue(world.runUntil(() -> world.network().delivered() > delivered, LONG));
        return (world.nanos() - sent) / 1_000_000;
    }

    @Test
    void syncsOfASlowDiskTakeLongUntilItIsMended() {
        SimulatedWorld quiet = new SimulatedWorld(Seeds.seed());
        SimulatedNode node = quiet.addNodes(1).get(0);
        Strike strike = DiskFaults.slow(new Scene(node, node, INTERVAL, quiet.random()));
        long slow = millisOfASync(quiet, node);
        strike.mend().run();

        assertTrue(slow >= 10, "it took " + slow + " ms");
        assertTrue(millisOfASync(quiet, node) <= 1);
    }

    private static long millisOfASync(SimulatedWorld world, SimulatedNode node) {
        long begun = world.nanos();
        List<String> written = new ArrayList<>();
        node.run(() -> node.storage()
                .system()
                .write("mark", new byte[] {1}, Completion.of(written::add, failure -> written.add("failed"))));
        assertTrue(world.runUntil(() -> !written.isEmpty(), LONG));
        assertEquals(List.of("mark"), written);
        return (world.nanos() - begun) / 1_000_000;
    }

    @Test
    void fullDisksRefuse() {
        strikeWith(Fault.FULL_DISK);
        awaitEffect(() -> anyNode(node -> node.disk().isFull()));
    }

    @Test
    void failedSyncsFence() {
        strikeWith(Fault.FAILED_SYNC);
        awaitEffect(() -> anyNode(node -> node.storage().status().state() == StorageStatus.State.FENCED));
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOCK_JUMP", "CLOCK_DRIFT"})
    void clocksAreFastAndSlow(Fault fault) {
        strikeWith(fault);
        awaitEffect(() -> anyNode(node -> wallError(node) > 10));
        awaitEffect(() -> anyNode(node -> wallError(node) < -10));
    }

    private long wallError(SimulatedNode node) {
        return node.time().wallMillis() - SimulatedWorld.START_WALL_MILLIS - world.nanos() / 1_000_000;
    }

    @Test
    void damagedDisksAreReplacedAndNoOthersAreDamaged() {
        RandomFaults faults = strikeWith(Fault.FLIPPED_BIT);
        world.runFor(Duration.ofSeconds(10));
        faults.end();

        assertTrue(toldOf("disk replaced by the operator") > 0);
        assertEquals(
                2,
                incidents.stream()
                        .filter(Incident::losesData)
                        .map(Incident::node)
                        .distinct()
                        .count());
        assertFalse(incidents.stream().anyMatch(incident -> incident.node().isEmpty()));
    }
}
