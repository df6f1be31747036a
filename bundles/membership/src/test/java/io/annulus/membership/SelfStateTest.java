package io.annulus.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.NodeId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfStateTest {

    private static final Endpoint HERE = new Endpoint("h", 1);
    private static final Endpoint THERE = new Endpoint("h", 2);

    private final SelfState self = new SelfState(state(HERE, 50, 3, 0));

    private static Member state(Endpoint endpoint, long storeId, long generation, long heartbeat) {
        return new Member(new NodeId("n"), endpoint, storeId, "rack", 1, generation, heartbeat, 0, 0);
    }

    /** Shows ten states that grow, as of a living node. */
    private Optional<String> showLiving(Endpoint endpoint, long storeId) {
        Optional<String> last = Optional.empty();
        for (int i = 1; i <= 10; i++) {
            last = self.observe(state(endpoint, storeId, 3, i), false);
            assertEquals(i == 10, last.isPresent());
        }
        return last;
    }

    @Test
    void echoAndFormerLifeChangeNothing() {
        self.beat();
        self.observe(state(HERE, 50, 3, 1), false);
        self.observe(state(HERE, 50, 2, 999), false);

        assertEquals(state(HERE, 50, 3, 1), self.member());
    }

    @Test
    void laterStateOfALostDirectoryIsBeaten() {
        assertEquals(Optional.empty(), self.observe(state(HERE, 7, 57, 1000), false));
        assertEquals(58, self.member().generation());
    }

    @Test
    void laterStateOfTheSameDirectoryIsBeaten() {
        self.observe(state(HERE, 50, 9, 1000), false);

        assertEquals(10, self.member().generation());
    }

    @Test
    void ringComesWithAHeartbeat() {
        self.announceRing(4, 5);

        assertEquals(1, self.member().heartbeat());
        assertEquals(4, self.member().ringEpoch());
        assertEquals(5, self.member().ringHash());
    }

    @Test
    void smallerStoreIdKeepsTheName() {
        String problem = showLiving(THERE, 51).orElseThrow();

        assertTrue(problem.startsWith("another node uses the name n at h:2"), problem);
        assertEquals(Optional.of(THERE), self.rival());
        self.observe(state(THERE, 51, 8, 1), false);
        assertEquals(9, self.member().generation());
    }

    @Test
    void greaterStoreIdGivesUpUntilTheRivalIsGone() {
        String problem = showLiving(THERE, 49).orElseThrow();
        assertTrue(problem.contains("see that one, and not this one"), problem);
        self.observe(state(THERE, 49, 8, 1), false);
        assertTrue(self.member().generation() < 8);

        for (int i = 0; i < 61; i++) {
            self.beat();
        }
        assertEquals(Optional.empty(), self.rival());
        self.observe(state(THERE, 49, 8, 1), false);
        assertEquals(9, self.member().generation());
    }

    @Test
    void copiedDirectoryIsNamedAndTheSmallerEndpointKeepsTheName() {
        String problem = showLiving(THERE, 50).orElseThrow();

        assertTrue(problem.startsWith("a copy of this node's data directory runs at h:2"), problem);
        assertTrue(self.member().generation() > 3);
    }

    @Test
    void wordOfTheRivalItselfIsProof() {
        assertTrue(self.observe(state(THERE, 49, 1, 0), true).isPresent());
    }
}
