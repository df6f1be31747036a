package io.annulus.storage.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueGarbageTest {

    private static final long SIZE = 1000 + ValueFormat.HEADER_BYTES;

    private final ValueGarbage half = new ValueGarbage(50);

    @Test
    void aFileIsDueWhenItsTablesTogetherPointToTooLittleOfIt() {
        ValueUse first = new ValueUse(1, 300, 900);
        assertEquals(Set.of(1L), half.files(List.of(first, new ValueUse(1, 200, 500)), file -> SIZE));
        assertEquals(Set.of(), half.files(List.of(first, new ValueUse(1, 201, 500)), file -> SIZE));
    }

    @Test
    void aFileWithoutGarbageIsNeverDueWhateverTheShare() {
        ValueUse whole = new ValueUse(1, 1000, SIZE);
        assertEquals(Set.of(), new ValueGarbage(1).files(List.of(whole), file -> SIZE));
    }

    @Test
    void aFileThatCannotBeReadIsLeftAlone() {
        assertEquals(Set.of(), half.files(List.of(new ValueUse(1, 300, 900)), file -> 0));
    }

    @Test
    void sharesThatAreNoneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ValueGarbage(0));
        assertThrows(IllegalArgumentException.class, () -> new ValueGarbage(101));
    }
}
