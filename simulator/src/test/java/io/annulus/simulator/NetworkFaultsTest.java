package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.message.WriteRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of one link that overlap: each lasts until its own mend. */
class NetworkFaultsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final SimulatedWorld world = new SimulatedWorld(Seeds.seed());
    private final List<SimulatedNode> pair = world.addNodes(2);
    private final NetworkFaults faults = new NetworkFaults(NetworkSettings.CALM);
    private final Scene scene = new Scene(pair.get(0), pair.get(1), LONG, world.random());
    private final List<Integer> arrived = new ArrayList<>();

    /** How a way is cut. */
    enum Kind {
        CUT(faults -> faults::cut),
        ISOLATE(faults -> faults::isolate),
        PARTITION(faults -> faults::partition);

        private final Function<NetworkFaults, Function<Scene, Strike>> made;

        Kind(Function<NetworkFaults, Function<Scene, Strike>> made) {
            this.made = made;
        }

        Strike strike(NetworkFaults faults, Scene scene) {
            return made.apply(faults).apply(scene);
        }
    }

    private void send(int bytes) {
        WriteRequest message = new WriteRequest(1, 1, "ks", Optional.empty(), new byte[] {7}, new byte[bytes]);
        pair.get(0)
                .run(() -> assertTrue(
                        pair.get(0).messenger().send(pair.get(1).settings().endpoint(), message)));
    }

    private boolean isOpen() {
        long delivered = world.network().delivered();
        send(1);
        world.runUntilIdle();
        return world.network().delivered() > delivered;
    }

    private long millisUnderWay(int bytes) {
        long sent = world.nanos();
        long delivered = world.network().delivered();
        send(bytes);
        assertTrue(world.runUntil(() -> world.network().delivered() > delivered, LONG));
        return (world.nanos() - sent) / 1_000_000;
    }

    @ParameterizedTest
    @EnumSource
    void cutLastsUntilItsOwnMend(Kind kind) {
        for (Kind other : Kind.values()) {
            Strike first = kind.strike(faults, scene);
            Strike second = other.strike(faults, scene);
            first.mend().run();
            assertEquals(false, isOpen(), kind + " was mended, not " + other);
            second.mend().run();
            assertTrue(isOpen(), kind + " and " + other + " were mended");
        }
    }

    @Test
    void slowLinkMayBeThinToo() {
        Strike slow = faults.slowLink(scene);
        Strike thin = faults.thinLink(scene);
        assertTrue(millisUnderWay(500_000) >= 1_010, "not both");
        slow.mend().run();
        assertTrue(millisUnderWay(500_000) >= 1_000, "no longer thin");
        thin.mend().run();
        assertTrue(millisUnderWay(500_000) <= 1, "still thin or slow");
    }

    @Test
    void roughNetworkIsRoughOnASlowLinkToo() {
        pair.get(1)
                .messenger()
                .listen(
                        Set.of(Verb.RING_REQUEST),
                        (from, message) -> arrived.add((int) ((RingRequest) message).knownEpoch()));
        faults.slowLink(scene);
        faults.rough(scene);
        for (int i = 0; i < 1000; i++) {
            RingRequest message = new RingRequest(i);
            pair.get(0)
                    .run(() ->
                            pair.get(0).messenger().send(pair.get(1).settings().endpoint(), message));
        }
        world.runUntilIdle();

        assertTrue(arrived.stream().distinct().count() < 1000, "nothing was lost");
    }
}
