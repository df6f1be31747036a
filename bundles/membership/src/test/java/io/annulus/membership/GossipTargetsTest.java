package io.annulus.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.Endpoint;
import io.annulus.simulator.SimulatedWorld;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GossipTargetsTest {

    private final GossipTargets targets =
            new GossipTargets(3, new SimulatedWorld(Seeds.next("GossipTargets", 0)).random());

    private static List<Endpoint> endpoints(int from, int to) {
        return IntStream.range(from, to).mapToObj(SimulatedWorld::endpoint).toList();
    }

    @Test
    void choosesDifferentOnesOfTheLivingEachAsOften() {
        List<Endpoint> living = endpoints(1, 11);
        TreeMap<Endpoint, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 10_000; i++) {
            List<Endpoint> chosen = targets.choose(living, List.of());
            assertEquals(3, new TreeSet<>(chosen).size());
            chosen.forEach(endpoint -> counts.merge(endpoint, 1, Integer::sum));
        }

        assertEquals(Set.copyOf(living), counts.keySet());
        counts.forEach((endpoint, count) ->
                assertTrue(Math.abs(count - 3_000) < 300, () -> endpoint + " was chosen " + count + " times"));
    }

    @Test
    void silentOnesAreAskedNowAndThen() {
        int asked = 0;
        for (int i = 0; i < 4_000; i++) {
            List<Endpoint> chosen = targets.choose(endpoints(1, 3), endpoints(3, 5));
            assertTrue(chosen.containsAll(endpoints(1, 3)));
            asked += chosen.size() - 2;
        }

        assertTrue(Math.abs(asked - 1_000) < 170, "asked " + asked + " times of 1,000 expected");
    }

    @Test
    void whoKnowsNobodyAliveAsksTheSilent() {
        assertEquals(Set.copyOf(endpoints(1, 3)), Set.copyOf(targets.choose(List.of(), endpoints(1, 3))));
        assertEquals(List.of(), targets.choose(List.of(), List.of()));
    }
}
