package io.annulus.storage.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class VarintTest {

    @Test
    void numbersComeBackInAsFewBytesAsTheyNeed() {
        for (int bits = 0; bits < Long.SIZE - 1; bits++) {
            for (long value : new long[] {1L << bits, (1L << bits) - 1, Long.MAX_VALUE >>> bits}) {
                byte[] bytes = new byte[12];
                int end = Varint.put(bytes, 1, value);
                int needed = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
                assertEquals(1 + needed, end, () -> "end of " + value);
                ByteBuffer from = ByteBuffer.wrap(bytes).position(1);
                assertEquals(value, Varint.get(from));
                assertEquals(end, from.position(), () -> "position behind " + value);
            }
        }
    }

    @Test
    void aNumberThatIsCutOrCouldBeShorterOrIsTooLargeIsNone() {
        byte[] bytes = new byte[9];
        Varint.put(bytes, 0, Long.MAX_VALUE);
        for (int length = 0; length < bytes.length; length++) {
            assertEquals(Varint.NONE, Varint.get(ByteBuffer.wrap(bytes, 0, length)));
            byte[] zeroed = new byte[bytes.length];
            System.arraycopy(bytes, 0, zeroed, 0, length);
            assertEquals(length == 0 ? 0 : Varint.NONE, Varint.get(ByteBuffer.wrap(zeroed)));
        }
        bytes[8] = -1;
        assertEquals(Varint.NONE, Varint.get(ByteBuffer.wrap(bytes)));
    }

    @Test
    void noNegativeNumberIsWritten() {
        assertThrows(IllegalArgumentException.class, () -> Varint.put(new byte[20], 0, -1));
    }
}
