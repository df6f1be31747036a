package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.runtime.Cancellable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {

    private final SimulatedWorld world = new SimulatedWorld(Seeds.seed());
    private final List<SimulatedNode> nodes = world.addNodes(3);
    private final List<Long> received = new ArrayList<>();

    @BeforeEach
    void listen() {
        nodes.get(1).program(self -> self.messenger()
                .listen(
                        Set.of(Verb.RING_REQUEST),
                        (from, message) -> received.add(((RingRequest) message).knownEpoch())));
    }

    private void send(int from, long number) {
        SimulatedNode sender = nodes.get(from);
        sender.run(
                () -> assertTrue(sender.messenger().send(nodes.get(1).settings().endpoint(), new RingRequest(number))));
    }

    @Test
    void calmNetworkKeepsOrder() {
        IntStream.range(0, 100).forEach(i -> send(0, i));

        world.runUntilIdle();

        assertEquals(LongStream.range(0, 100).boxed().toList(), received);
    }

    @Test
    void roughNetworkLosesDoublesAndReorders() {
        world.network().set(NetworkSettings.ROUGH);
        IntStream.range(0, 1000).forEach(i -> send(0, i));

        world.runUntilIdle();

        int distinct = new HashSet<>(received).size();
        assertTrue(distinct < 1000, "nothing was lost");
        assertTrue(received.size() > distinct, "nothing was doubled");
        assertFalse(received.equals(received.stream().sorted().toList()), "nothing was reordered");
    }

    @Test
    void cutIsOneWayAndTakesWhatIsUnderWay() {
        List<Long> back = new ArrayList<>();
        nodes.get(0)
                .messenger()
                .listen(Set.of(Verb.RING_REQUEST), (from, message) -> back.add(((RingRequest) message).knownEpoch()));
        send(0, 1);

        world.network().cut(nodes.get(0), nodes.get(1));
        nodes.get(1)
                .run(() -> nodes.get(1).messenger().send(nodes.get(0).settings().endpoint(), new RingRequest(2)));
        world.runUntilIdle();

        assertEquals(List.of(), received);
        assertEquals(List.of(2L), back);
    }

    @Test
    void cutThatHasEndedTookWhatWasUnderWayAndWhatWasSentMeanwhile() {
        send(0, 1);
        Cancellable cut = world.network().cut(nodes.get(0), nodes.get(1));
        send(0, 2);
        cut.cancel();
        send(0, 3);
        world.runUntilIdle();

        assertEquals(List.of(3L), received);
        assertEquals(2, world.network().lost());
    }

    @Test
    void isolatedNodeIsHeardAgainAfterHealing() {
        world.network().isolate(nodes.get(1));
        send(2, 1);
        world.runUntilIdle();
        world.network().heal();
        send(2, 2);
        world.runUntilIdle();

        assertEquals(List.of(2L), received);
    }

    @Test
    void messageToANodeThatCrashedMeanwhileIsLost() {
        send(0, 1);
        nodes.get(1).crash();
        nodes.get(1).restart();
        world.runUntilIdle();
        assertEquals(List.of(), received);
        assertEquals(0, world.network().delivered());
        assertEquals(1, world.network().lost());

        send(0, 2);
        world.runUntilIdle();
        assertEquals(List.of(2L), received);
    }

    @Test
    void messageOfANodeThatCrashedMeanwhileArrives() {
        send(0, 1);
        nodes.get(0).crash();
        world.runUntilIdle();

        assertEquals(List.of(1L), received);
    }

    @Test
    void messageToItselfComesAtALaterTurn() {
        nodes.get(1).run(() -> {
            nodes.get(1).messenger().send(nodes.get(1).settings().endpoint(), new RingRequest(9));
            assertEquals(List.of(), received);
        });
        world.runUntilIdle();

        assertEquals(List.of(9L), received);
    }

    @Test
    void fullLinkRefuses() {
        world.network().set(new NetworkSettings(1000, 2000, 0, 0, 0, 1));
        send(0, 1);

        nodes.get(0)
                .run(() -> assertFalse(
                        nodes.get(0).messenger().send(nodes.get(1).settings().endpoint(), new RingRequest(2))));
    }

    @Test
    void slowLinkIsSlowInItsDirectionOnly() {
        NetworkSettings slow = new NetworkSettings(1_000_000_000, 1_000_000_000, 0, 0, 0, 10);
        world.network().alter(nodes.get(0), nodes.get(1), settings -> slow);
        send(0, 1);
        send(2, 2);

        world.runUntilIdle();

        assertEquals(List.of(2L, 1L), received);
        assertEquals(1_000_000_000L, world.nanos());
    }

    @Test
    void cutThatIsTakenBackLeavesTheOthers() {
        Cancellable isolation = world.network().isolate(nodes.get(2));
        world.network().cut(nodes.get(0), nodes.get(1));
        isolation.cancel();
        send(2, 1);
        send(0, 2);
        world.runUntilIdle();

        assertEquals(List.of(1L), received);
    }

    @Test
    void filterLosesTheRest() {
        world.network().deliverOnly((from, message) -> ((RingRequest) message).knownEpoch() != 1);
        send(0, 1);
        send(0, 2);
        world.runUntilIdle();

        assertEquals(List.of(2L), received);
    }

    @Test
    void changedMessageEndsTheRun() {
        byte[] record = {1};
        nodes.get(0).run(() -> nodes.get(0)
                .messenger()
                .send(
                        nodes.get(1).settings().endpoint(),
                        new WriteRequest(1, 1, "ks", Optional.empty(), new byte[] {7}, record)));
        record[0] = 2;

        assertThrows(IllegalStateException.class, world::runUntilIdle);
    }

    @Test
    void secondHandlerOfAVerbIsRefusedUntilTheFirstIsCancelled() {
        assertThrows(IllegalStateException.class, () -> nodes.get(1)
                .messenger()
                .listen(Set.of(Verb.READ_REQUEST, Verb.RING_REQUEST), (from, message) -> {}));

        nodes.get(1)
                .messenger()
                .listen(Set.of(Verb.READ_REQUEST), (from, message) -> {})
                .cancel();
        nodes.get(1)
                .messenger()
                .listen(
                        Set.of(Verb.READ_REQUEST),
                        (from, message) -> received.add(((ReadRequest) message).requestId()));
        nodes.get(0).run(() -> nodes.get(0)
                .messenger()
                .send(nodes.get(1).settings().endpoint(), new ReadRequest(5, 1, "ks", false, new byte[] {7})));
        world.runUntilIdle();

        assertEquals(List.of(5L), received);
    }

    @Test
    void settingsThatAreNoneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new NetworkSettings(1, 1, -1, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new NetworkSettings(1, 1, 0, 1_000_001, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new NetworkSettings(1, 1, 0, 0, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new NetworkSettings(1, 1, 0, 0, 0, 0));
    }
}
