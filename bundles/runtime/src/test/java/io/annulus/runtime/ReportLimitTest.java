package io.annulus.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReportLimitTest {

    @Test
    void eachPeriodLetsSoManyThrough() {
        ReportLimit limit = new ReportLimit(2, 100, 0);

        assertTrue(limit.allows(1));
        assertTrue(limit.allows(2));
        assertFalse(limit.allows(3));
        assertFalse(limit.allows(99));
        assertTrue(limit.allows(100));
        assertEquals(2, limit.takeSuppressed());
        assertEquals(0, limit.takeSuppressed());
    }
}
