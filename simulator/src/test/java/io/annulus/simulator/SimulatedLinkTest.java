package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.runtime.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a link does with sizes and times. */
class SimulatedLinkTest {

    private static final long MILLI = 1_000_000;
    private static final NetworkSettings INSTANT = NetworkSettings.CALM.with(Latency.between(0, 0));

    private final SimulatedWorld world = new SimulatedWorld(Seeds.seed());
    private final List<SimulatedNode> nodes = world.addNodes(2);
    private final List<Long> arrivals = new ArrayList<>();

    @BeforeEach
    void listen() {
        nodes.get(1)
                .messenger()
                .listen(Set.of(Verb.WRITE_REQUEST, Verb.RING_REQUEST), (from, message) -> arrivals.add(world.nanos()));
    }

    private boolean send(int bytes) {
        boolean[] taken = new boolean[1];
        nodes.get(0)
                .run(() -> taken[0] = nodes.get(0)
                        .messenger()
                        .send(
                                nodes.get(1).settings().endpoint(),
                                new WriteRequest(1, 1, "ks", Optional.empty(), new byte[] {7}, new byte[bytes])));
        return taken[0];
    }

    private Cancellable thin(long bytesPerSecond, long maxQueued) {
        return world.network()
                .alter(nodes.get(0), nodes.get(1), settings -> INSTANT.with(new Bandwidth(bytesPerSecond, maxQueued)));
    }

    @Test
    void messagesOfAThinLinkWaitForEachOtherByTheirSizes() {
        thin(1_000_000, 1_000_000);
        send(100_000);
        send(200_000);
        world.runUntilIdle();

        assertEquals(100, arrivals.get(0) / MILLI, 1);
        assertEquals(300, arrivals.get(1) / MILLI, 1);
    }

    @Test
    void thinLinkRefusesWhatDoesNotFitItsQueueUntilThereIsRoom() {
        thin(1_000_000, 100_000);
        assertTrue(send(90_000));
        assertFalse(send(90_000));
        world.runUntilIdle();

        assertTrue(send(90_000));
        world.runUntilIdle();
        assertEquals(2, arrivals.size());
    }

    @Test
    void messageBeyondTheQueuePassesAnIdleLink() {
        thin(1_000_000, 10);
        assertTrue(send(1_000_000));
        world.runUntilIdle();

        assertEquals(1000, arrivals.get(0) / MILLI, 1);
    }

    @Test
    void resetLinkDoesNotWaitForWhatTheThinOneCarries() {
        Cancellable thin = thin(1_000, 1_000_000);
        send(100_000);
        thin.cancel();
        world.network().set(INSTANT);
        send(100_000);
        world.runUntilIdle();

        assertEquals(0, arrivals.get(0));
        assertEquals(100, arrivals.get(1) / MILLI / 1000, 1);
    }

    @Test
    void otherDirectionIsAsBefore() {
        thin(1, 0);
        nodes.get(0).messenger().listen(Set.of(Verb.RING_REQUEST), (from, message) -> arrivals.add(world.nanos()));
        nodes.get(1)
                .run(() -> nodes.get(1).messenger().send(nodes.get(0).settings().endpoint(), new RingRequest(1)));
        world.runUntilIdle();

        assertTrue(arrivals.get(0) <= MILLI, "came at " + arrivals);
    }

    @Test
    void latencyIsOfItsRangeButForItsTail() {
        Latency latency = new Latency(MILLI, 2 * MILLI, 100_000, 1_000 * MILLI);
        SimulatedRandom random = new SimulatedRandom(Seeds.seed());
        int late = 0;
        int veryLate = 0;
        for (int i = 0; i < 10_000; i++) {
            long drawn = latency.draw(random);
            assertTrue(drawn >= MILLI && drawn <= 1_000 * MILLI, "drawn " + drawn);
            late += drawn > 2 * MILLI ? 1 : 0;
            veryLate += drawn > 100 * MILLI ? 1 : 0;
        }

        assertEquals(1000, late, 150);
        assertEquals(370, veryLate, 90);
    }

    @Test
    void tailOfALinkWithoutLatencyIsATailToo() {
        Latency latency = new Latency(0, 0, 1_000_000, 1_000 * MILLI);
        SimulatedRandom random = new SimulatedRandom(Seeds.seed());
        long longest = 0;
        for (int i = 0; i < 100; i++) {
            longest = Math.max(longest, latency.draw(random));
        }

        assertTrue(longest > MILLI, "at most " + longest);
    }

    @Test
    void settingsThatAreNoneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Latency.between(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new Latency(1, 2, 1_000_001, 3));
        assertThrows(IllegalArgumentException.class, () -> new Latency(1, 3, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new Bandwidth(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Bandwidth(1, -1));
    }
}
