package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReadTurnsTest {

    private int given;
    private final ReadTurns turns = new ReadTurns(2, () -> given++);

    @Test
    void whoIsOneOfFewNeverGivesWay() {
        for (int i = 0; i < 1000; i++) {
            turns.read(() -> turns.read(() -> 1));
        }
        assertEquals(0, given);
    }

    @Test
    void whoIsOneOfManyGivesWayNowAndThen() {
        for (int i = 0; i < 160; i++) {
            turns.read(() -> turns.read(() -> turns.read(() -> 1)));
        }
        assertEquals(10, given);
    }

    @Test
    void aFailedReadHasEnded() {
        Supplier<Integer> failing = () -> {
            throw new IllegalStateException("of the test");
        };
        for (int i = 0; i < 100; i++) {
            assertThrows(IllegalStateException.class, () -> turns.read(failing));
        }
        assertEquals(0, given);
    }
}
