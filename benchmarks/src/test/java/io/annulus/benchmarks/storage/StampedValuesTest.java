package io.annulus.benchmarks.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.version.CorruptRecordException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StampedValuesTest {

    private final StampedValues values = new StampedValues();

    @Test
    void theNewerRecordStaysWhicheverComesFirst() {
        byte[] older = StampedValues.put(1, new byte[] {1});
        byte[] newer = StampedValues.deletion(2);

        assertSame(newer, values.join(older, newer));
        assertSame(newer, values.join(newer, older));
        assertTrue(values.rank(newer) > values.rank(older));
    }

    @Test
    void valuesComeBackAndDeletionsHaveNone() {
        byte[] put = StampedValues.put(1, new byte[] {7, 8});
        assertArrayEquals(
                new byte[] {7, 8}, StampedValues.value(put, 0, put.length).orElseThrow());
        byte[] deletion = StampedValues.deletion(1);
        assertEquals(Optional.empty(), StampedValues.value(deletion, 0, deletion.length));
    }

    @Test
    void everyFlippedByteIsFound() {
        byte[] record = StampedValues.put(5, new byte[] {1, 2, 3});
        values.verify(record);
        for (int i = 0; i < record.length; i++) {
            byte[] damaged = record.clone();
            damaged[i] ^= 1;
            assertThrows(CorruptRecordException.class, () -> values.verify(damaged), "byte " + i);
        }
        assertThrows(CorruptRecordException.class, () -> values.verify(new byte[3]));
    }
}
