package io.annulus.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ReadOptions;
import io.annulus.api.WriteOptions;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.history.Level;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LevelsTest {

    private final SimulatedRandom random = new SimulatedRandom(1);
    private final Levels levels = new Levels(3, 1, 3, true);

    @Test
    void levelSaysHowManyReplicasAreAsked() {
        assertEquals(new Level(3, 1, false), levels.levelOf(ReadOptions.defaults()));
        assertEquals(new Level(3, 2, false), levels.levelOf(ReadOptions.atomic()));
        assertEquals(new Level(3, 3, false), levels.levelOf(ReadOptions.all()));
        assertEquals(new Level(3, 3, true), levels.levelOf(WriteOptions.defaults()));
        assertEquals(new Level(3, 2, false), levels.levelOf(levels.strictWrite()));
    }

    @Test
    void everyLevelIsDrawn() {
        Set<String> drawn = new TreeSet<>();
        for (int i = 0; i < 500; i++) {
            drawn.add(levels.read(random).level() + " "
                    + levels.levelOf(levels.read(random)).replicas());
            WriteOptions write = levels.write(random);
            drawn.add("write " + write.acks() + " " + write.sloppy());
        }
        assertTrue(drawn.containsAll(
                Set.of("write 0 Optional.empty", "write 1 Optional[true]", "write 3 Optional[false]")));
        for (ReadOptions.Level level : ReadOptions.Level.values()) {
            assertTrue(drawn.stream().anyMatch(text -> text.startsWith(level.name())), level + " in " + drawn);
        }
    }

    @Test
    void noMoreReplicasAreAskedThanAreLeft() {
        levels.limit(1, 2);
        for (int i = 0; i < 500; i++) {
            assertTrue(levels.levelOf(levels.read(random)).replicas() <= 1);
            assertTrue(levels.levelOf(levels.write(random)).replicas() <= 2);
        }
    }
}
