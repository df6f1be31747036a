package io.annulus.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ReadOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelsTest {

    @Test
    void levelsAreReadByNameOrNumber() {
        assertEquals(ReadOptions.one(), Levels.read("one"));
        assertEquals(ReadOptions.quorum(), Levels.read("QUORUM"));
        assertEquals(ReadOptions.all(), Levels.read("all"));
        assertEquals(ReadOptions.atomic(), Levels.read("atomic"));
        assertEquals(ReadOptions.of(2), Levels.read(" 2 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "17", "most", ""})
    void otherLevelsAreRefusedWithTheMend(String typed) {
        Exception error = assertThrows(IllegalArgumentException.class, () -> Levels.read(typed));
        assertTrue(error.getMessage().contains("quorum"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Levels.acks(typed));
    }
}
