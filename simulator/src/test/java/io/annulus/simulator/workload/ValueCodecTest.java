package io.annulus.simulator.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCodecTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 11, 100, 100_000})
    void valueTellsItsName(int bytes) {
        byte[] value = ValueCodec.encode("c3-17", bytes);
        assertTrue(value.length >= bytes);
        assertEquals("c3-17", ValueCodec.decode(value));
    }

    @Test
    void valueWithoutBytesHasAName() {
        assertEquals(0, ValueCodec.encode(ValueCodec.EMPTY, 100).length);
        assertEquals(ValueCodec.EMPTY, ValueCodec.decode(new byte[0]));
    }

    @Test
    void everyChangedByteIsDamage() {
        for (int i = 0; i < 200; i++) {
            byte[] value = ValueCodec.encode("c3-17", 200);
            value[i] ^= 0x10;
            String name = ValueCodec.decode(value);
            assertTrue(!name.equals("c3-17"), "byte " + i + " reads as " + name);
            assertTrue(i < 5 || name.startsWith(ValueCodec.DAMAGED), "byte " + i + " reads as " + name);
        }
    }

    @Test
    void valueCutShortIsDamage() {
        byte[] value = Arrays.copyOf(ValueCodec.encode("c3-17", 200), 199);
        assertTrue(ValueCodec.decode(value).startsWith(ValueCodec.DAMAGED));
    }
}
