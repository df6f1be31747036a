package io.annulus.transport.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.transport.RandomMessages;
import io.annulus.transport.TransportCounter;
import io.annulus.transport.TransportStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReassemblyTest {

    private static final int MAX_FRAME = 1 << 20;
    private static final long MAX_TOTAL = 2 << 20;
    private static final long AGE = 1_000;

    private final TransportStats stats = new TransportStats();
    private final Reassembly reassembly = new Reassembly("c", MAX_FRAME, MAX_TOTAL, AGE, stats);
    private final Random random = new RandomMessages(31).random();

    @Test
    void partsMakeTheFrame() throws DroppedFrameException {
        for (int size : new int[] {1, 100, 70_000, MAX_FRAME}) {
            byte[] frame = frame(size);
            Optional<byte[]> whole = Optional.empty();
            for (byte[] part : parts("c", frame, 7, 4_096)) {
                assertTrue(whole.isEmpty());
                whole = reassembly.add(1, part, part.length, 0);
            }
            assertArrayEquals(frame, whole.orElseThrow());
        }
        assertEquals(0, reassembly.totalBytes());
    }

    @Test
    void streamsDoNotMix() throws DroppedFrameException {
        byte[] one = frame(10_000);
        byte[] two = frame(10_000);
        List<byte[]> ones = parts("c", one, 7, 1_000);
        List<byte[]> twos = parts("c", two, 7, 1_000);
        for (int i = 0; i < 9; i++) {
            assertTrue(add(1, ones.get(i)).isEmpty());
            assertTrue(add(2, twos.get(i)).isEmpty());
        }
        assertArrayEquals(two, add(2, twos.get(9)).orElseThrow());
        assertArrayEquals(one, add(1, ones.get(9)).orElseThrow());
    }

    @Test
    void aLostPartDropsTheFrameAndNoOther() throws DroppedFrameException {
        List<byte[]> parts = parts("c", frame(10_000), 7, 1_000);
        add(1, parts.get(0));
        assertDropped(TransportCounter.DROPPED_ORPHANS, 1, parts.get(2));
        assertEquals(1, stats.get(TransportCounter.DROPPED_INCOMPLETE));
        assertDropped(TransportCounter.DROPPED_ORPHANS, 1, parts.get(3));
        byte[] next = frame(1_500);
        List<byte[]> after = parts("c", next, 8, 1_000);
        add(1, after.get(0));
        assertArrayEquals(next, add(1, after.get(1)).orElseThrow());
    }

    @Test
    void aNewFrameEndsAnIncompleteOne() throws DroppedFrameException {
        add(1, parts("c", frame(10_000), 7, 1_000).get(0));
        byte[] next = frame(1_500);
        List<byte[]> after = parts("c", next, 8, 1_000);
        add(1, after.get(0));
        assertEquals(1, stats.get(TransportCounter.DROPPED_INCOMPLETE));
        assertArrayEquals(next, add(1, after.get(1)).orElseThrow());
    }

    @Test
    void memoryIsTakenAsPartsComeAndNeverBeyondTheBound() throws DroppedFrameException {
        for (int stream = 0; stream < 32; stream++) {
            add(stream, parts("c", frame(MAX_FRAME), 7, 1_000).get(0));
        }
        assertEquals(MAX_TOTAL, reassembly.totalBytes());
        byte[] oneMore = parts("c", frame(MAX_FRAME), 7, 1_000).get(0);
        assertDropped(TransportCounter.DROPPED_NO_ROOM, 33, oneMore);
        reassembly.end(0);
        assertTrue(add(33, oneMore).isEmpty());
    }

    @Test
    void anIncompleteFrameEndsWithItsStreamOrItsTime() throws DroppedFrameException {
        byte[] first = parts("c", frame(10_000), 7, 1_000).get(0);
        add(1, first);
        add(2, first);
        reassembly.end(1);
        reassembly.expire(AGE);
        assertTrue(reassembly.totalBytes() > 0);
        reassembly.expire(AGE + 1);
        assertEquals(0, reassembly.totalBytes());
        assertEquals(2, stats.get(TransportCounter.DROPPED_INCOMPLETE));
    }

    @Test
    void oversizedForeignAndDamagedPartsAreRefused() {
        assertDropped(
                TransportCounter.DROPPED_MALFORMED,
                1,
                parts("c", frame(MAX_FRAME + 1), 7, 1_000).get(0));
        assertDropped(
                TransportCounter.DROPPED_FOREIGN,
                1,
                parts("d", frame(10_000), 7, 1_000).get(0));
        byte[] good = parts("c", frame(10_000), 7, 1_000).get(0);
        for (int bit = 4 * 8; bit < FrameWriter.PART_HEADER_BYTES * 8; bit++) {
            byte[] damaged = good.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertDropped(TransportCounter.DROPPED_MALFORMED, 1, damaged);
        }
        for (int length = 0; length <= FrameWriter.PART_HEADER_BYTES; length++) {
            int cut = length;
            assertThrows(DroppedFrameException.class, () -> reassembly.add(1, good, cut, 0));
        }
        assertEquals(0, reassembly.totalBytes());
    }

    @Test
    void anyOrderAndLossOfPartsGivesWholeFramesOnly() {
        List<byte[]> frames = new ArrayList<>();
        List<byte[]> parts = new ArrayList<>();
        for (int id = 0; id < 20; id++) {
            frames.add(frame(500 + random.nextInt(5_000)));
            parts.addAll(parts("c", frames.get(id), id, 700));
        }
        int whole = 0;
        for (int i = 0; i < 5_000; i++) {
            int start = random.nextInt(parts.size());
            for (int k = start; k < Math.min(parts.size(), start + 12); k++) {
                if (random.nextInt(20) != 0) {
                    whole += isOneOf(frames, parts.get(k)) ? 1 : 0;
                }
            }
        }
        assertTrue(whole > 1_000, "whole " + whole);
        assertTrue(stats.get(TransportCounter.DROPPED_INCOMPLETE) > 100);
    }

    private boolean isOneOf(List<byte[]> frames, byte[] part) {
        try {
            Optional<byte[]> whole = add(1, part);
            whole.ifPresent(bytes -> assertTrue(frames.stream().anyMatch(f -> Arrays.equals(f, bytes))));
            return whole.isPresent();
        } catch (DroppedFrameException e) {
            assertEquals(TransportCounter.DROPPED_ORPHANS, e.counter());
            return false;
        }
    }

    private Optional<byte[]> add(int stream, byte[] part) throws DroppedFrameException {
        return reassembly.add(stream, part, part.length, 0);
    }

    private void assertDropped(TransportCounter counter, int stream, byte[] part) {
        DroppedFrameException drop = assertThrows(DroppedFrameException.class, () -> add(stream, part));
        assertEquals(counter, drop.counter());
    }

    private byte[] frame(int size) {
        byte[] frame = new byte[size];
        random.nextBytes(frame);
        return frame;
    }

    private static List<byte[]> parts(String cluster, byte[] frame, long id, int size) {
        FrameWriter writer = new FrameWriter(cluster, FrameTest.identity("node-1", 1, 1));
        List<byte[]> parts = new ArrayList<>();
        for (int offset = 0; offset < frame.length; offset += size) {
            int length = Math.min(size, frame.length - offset);
            byte[] part = new byte[FrameWriter.PART_HEADER_BYTES + length];
            writer.writePartHeader(part, id, frame.length, offset);
            System.arraycopy(frame, offset, part, FrameWriter.PART_HEADER_BYTES, length);
            parts.add(part);
        }
        return parts;
    }
}
