package io.annulus.versioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.version.Dot;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DotSourceTest {

    private static final int BLOCK = 8;

    private final SimulatedWorld world = new SimulatedWorld(Seeds.seed());
    private final SimulatedNode node = world.addNodes(1).get(0);
    private final List<Object> ended = new ArrayList<>();
    private DotSource source;

    private void start() {
        source = new DotSource(node.storage().identity(), node.storage().system(), BLOCK);
        node.run(() -> source.start(Completion.of(ended::add, ended::add)));
        world.runUntilIdle();
    }

    private Optional<Dot> next() {
        List<Optional<Dot>> issued = new ArrayList<>();
        node.run(() -> issued.add(source.next()));
        return issued.get(0);
    }

    private int exhaust() {
        int issued = 0;
        while (next().isPresent()) {
            issued++;
        }
        return issued;
    }

    @Test
    void firstDotIsOneOfTheOwnOrigin() {
        start();

        assertEquals(List.of(1L), ended);
        assertEquals(Optional.of(new Dot(node.storage().identity().origin(), 1)), next());
    }

    @Test
    void abandonedOriginIsFollowedByAnotherOnceThatIsReserved() {
        start();
        Dot before = next().orElseThrow();
        node.run(source::abandonOrigin);
        assertEquals(Optional.empty(), next());

        world.runUntilIdle();
        Dot after = next().orElseThrow();
        assertNotEquals(before.origin(), after.origin());
        assertEquals(1, after.sequence());
    }

    @Test
    void reservationOfAnAbandonedOriginCountsForNothing() {
        start();
        exhaust();
        node.run(source::abandonOrigin);
        world.runUntilIdle();

        assertEquals(1, next().orElseThrow().sequence());
    }

    @Test
    void cleanRestartGoesOnWithTheFollowingOrigin() {
        start();
        node.run(source::abandonOrigin);
        world.runUntilIdle();
        Dot before = next().orElseThrow();
        node.stop();
        node.restart();
        start();

        assertEquals(new Dot(before.origin(), BLOCK + 1), next().orElseThrow());
    }

    @Test
    void nothingIsIssuedBeyondWhatIsReservedDurably() {
        start();
        assertEquals(BLOCK, exhaust());

        world.runUntilIdle();
        assertEquals(BLOCK + 1, next().orElseThrow().sequence());
    }

    @Test
    void blockIsReservedAheadOfNeed() {
        start();
        for (int i = 0; i < 10 * BLOCK; i++) {
            assertTrue(next().isPresent(), "dot " + i);
            world.runUntilIdle();
        }
    }

    @Test
    void cleanRestartGoesOnAfterTheReservedBlock() {
        start();
        Dot before = next().orElseThrow();
        node.stop();
        node.restart();
        start();
        Dot after = next().orElseThrow();

        assertEquals(before.origin(), after.origin());
        assertEquals(BLOCK + 1, after.sequence());
    }

    @Test
    void noDotIsIssuedTwiceWhateverCrashes() {
        Set<Dot> issued = new HashSet<>();
        for (int life = 0; life < 200; life++) {
            start();
            int dots = world.random().nextInt(3 * BLOCK);
            for (int i = 0; i < dots; i++) {
                next().ifPresent(dot -> assertTrue(issued.add(dot), dot + " was issued twice"));
                if (world.random().nextInt(20) == 0) {
                    node.run(source::abandonOrigin);
                }
                if (world.random().nextInt(3) == 0) {
                    world.runFor(Duration.ofNanos(world.random().between(1, 400_000)));
                }
            }
            if (world.random().nextInt(2) == 0) {
                node.crash();
            } else {
                node.stop();
            }
            node.restart();
        }
        assertTrue(issued.size() > 500, "issued " + issued.size());
    }

    @Test
    void failedReservationIsTriedAgainAtTheNextCall() {
        start();
        node.disk().setFull(true);
        assertEquals(BLOCK, exhaust());

        node.disk().setFull(false);
        next();
        world.runUntilIdle();
        assertTrue(next().isPresent());
    }

    @Test
    void damagedReserveStopsTheStart() {
        start();
        byte[] blob = node.storage().system().read("dots").orElseThrow();
        blob[10] ^= 1;
        node.disk().overwriteBlob("dots", blob);
        node.stop();
        node.restart();
        ended.clear();
        start();

        CorruptDataException thrown = assertInstanceOf(CorruptDataException.class, ended.get(0));
        assertTrue(thrown.getMessage().contains("dots"), thrown.getMessage());
    }

    @Test
    void reserveOfTheFirstFormatIsRead() {
        byte[] blob = new byte[21];
        blob[0] = 1;
        Bytes.putLong(blob, 1, node.storage().identity().origin());
        Bytes.putLong(blob, 9, 700);
        node.disk().overwriteBlob("dots", Bytes.seal(blob));
        start();

        assertEquals(Optional.of(new Dot(node.storage().identity().origin(), 701)), next());
    }

    @Test
    void newerReserveIsNamedByItsFormat() {
        node.disk().overwriteBlob("dots", new byte[] {3, 0, 0});
        start();

        CorruptDataException thrown = assertInstanceOf(CorruptDataException.class, ended.get(0));
        assertTrue(thrown.getMessage().contains("formats 1 and 2"), thrown.getMessage());
    }

    @Test
    void blockOfOneIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DotSource(node.storage().identity(), node.storage().system(), 1));
    }
}
