package io.annulus.storage.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a frame costs beside key and record, and that it comes back. */
class FrameFormatTest {

    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final byte[] RECORD = new byte[1000];

    private final FrameFormat format = new FrameFormat(5, 1);

    @Test
    void aUsualWriteHasAHeadOfLittleMoreThanTwentyBytes() {
        Frame frame = new Frame(200_000_000, 100_000, 50_000, FrameKind.RECORD, 3, place(), RECORD);
        assertEquals(8 + 1 + 4 + 3 + 3 + 1 + 1 + 2, encoded(frame).length - KEY.length - RECORD.length);
        assertEquals(15, encoded(new Frame(1, 0, 1, FrameKind.END, 0, name(), new byte[0])).length);
    }

    @Test
    void theLargestHeadFitsWhereItSaysThatItDoes() {
        EntryKey foreign = new EntryKey(new Token(-1, 7), KEY);
        int most = Integer.MAX_VALUE;
        Frame frame = new Frame(Long.MAX_VALUE, most, most, FrameKind.VALUE, most, foreign, RECORD);
        byte[] bytes = encoded(frame);
        // Of the lengths of key and record, five bytes are taken into account each.
        assertEquals(FrameFormat.maxBytes(foreign, RECORD) - 4 - 3, bytes.length);
        assertSame(frame, decoded(bytes));
    }

    @Test
    void aTokenThatIsNotOfTheKeyIsThere() {
        EntryKey foreign = new EntryKey(new Token(Token.of(KEY).high(), 0), KEY);
        byte[] own = encoded(new Frame(1, 0, 1, FrameKind.RECORD, 3, place(), RECORD));
        byte[] other = encoded(new Frame(1, 0, 1, FrameKind.RECORD, 3, foreign, RECORD));
        assertEquals(own.length + 16, other.length);
        assertEquals(place(), decoded(own).key());
        assertEquals(foreign, decoded(other).key());
    }

    @Test
    void aFrameThatIsCutIsNone() {
        byte[] whole = encoded(new Frame(1L << 40, 7, 3, FrameKind.RECORD, 3, place(), RECORD));
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(whole, length));
            assertTrue(
                    FrameHead.read(cut).flatMap(head -> format.read(head, cut)).isEmpty(), "cut to " + length);
        }
    }

    /** As the writer of a segment puts it together. */
    static byte[] encoded(FrameFormat format, Frame frame) {
        byte[] target = new byte[FrameFormat.maxBytes(frame.key(), frame.record())];
        int body = format.writeHead(
                frame.kind(), frame.sequence(), frame.place(), frame.unsynced(), frame.table(), target, 0);
        return Arrays.copyOf(target, format.writeBody(frame.key(), frame.record(), target, 0, body));
    }

    private byte[] encoded(Frame frame) {
        return encoded(format, frame);
    }

    private Frame decoded(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        return FrameHead.read(from)
                .flatMap(head -> format.read(head, from))
                .orElseThrow(() -> new AssertionError("the frame is not read"));
    }

    private static void assertSame(Frame expected, Frame found) {
        assertEquals(expected.sequence(), found.sequence());
        assertEquals(expected.place(), found.place());
        assertEquals(expected.unsynced(), found.unsynced());
        assertEquals(expected.kind(), found.kind());
        assertEquals(expected.table(), found.table());
        assertEquals(expected.key(), found.key());
        assertArrayEquals(expected.record(), found.record());
    }

    private static EntryKey place() {
        return new EntryKey(Token.of(KEY), KEY);
    }

    private static EntryKey name() {
        return new EntryKey(Token.of(new byte[0]), new byte[0]);
    }
}
