package io.annulus.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.storage.Durability;
import io.annulus.simulator.history.Mode;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadPlanTest {

    @Test
    void smallestLimitHasRoomForEveryName() {
        String longest = "c999-" + Integer.MAX_VALUE;
        int bytes = ValueCodec.encode(longest, 0).length;
        assertTrue(bytes <= WorkloadPlan.LEAST_VALUE_BYTES, bytes + " bytes");
    }

    @Test
    void limitThatHasNoRoomForNamesIsRefused() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> plan(Mode.SIBLINGS, 31));
        assertEquals(
                "values of at most 31 bytes cannot be told from each other; give 32 or more", refused.getMessage());
    }

    @Test
    void modeWithoutClientsIsRefused() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> plan(Mode.COUNTER, 64));
        assertTrue(refused.getMessage().startsWith("there is no workload for [COUNTER]"), refused.getMessage());
    }

    private static WorkloadPlan plan(Mode mode, int maxValueBytes) {
        return new WorkloadPlan(Set.of(mode), 3, 2, 2, 1, 1, maxValueBytes, Duration.ofMillis(60), Durability.SYNCED);
    }
}
