package io.annulus.storage.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.testkit.Fuzz;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.testkit.SimulatedSegments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames and segments of bytes that nobody wrote. */
@Timeout(3600)
class LogFuzzTest {

    private static final long LOG = 5;
    private static final List<Class<? extends Exception>> DAMAGE = List.of(CorruptDataException.class);

    private final Random random = Seed.random("LogFuzzTest");
    private final Fuzz fuzz = new Fuzz(random);

    @Test
    void frames() {
        FrameFormat format = new FrameFormat(LOG, 1);
        assertTrue(fuzz.run(frame(), bytes -> read(format, bytes).ifPresent(LogFuzzTest::look), DAMAGE) >= 0);
    }

    @Test
    void framesUnderChecksumsThatMatch() {
        FrameFormat format = new FrameFormat(LOG, 1);
        int[] read = new int[1];
        int refused = fuzz.run(
                frame(),
                bytes -> {
                    seal(bytes);
                    read(format, bytes).ifPresent(frame -> {
                        look(frame);
                        read[0]++;
                    });
                },
                DAMAGE);
        assertTrue(refused > 0 && read[0] > 0, refused + " refused, " + read[0] + " read");
    }

    @Test
    void segments() throws IOException {
        SimulatedFiles disk = Seed.disk(random);
        CommitLog log = SimulatedSegments.log(SimulatedDirectory.top(disk));
        SegmentWriter writer = new SegmentWriter(log, LOG, 1, 100, 100);
        for (int batch = 0; batch < 4; batch++) {
            for (int i = 0; i < 3; i++) {
                byte[] key = {(byte) batch, (byte) i};
                writer.add(FrameKind.RECORD, 3, "data", new EntryKey(Token.of(key), key), new byte[i * 10]);
            }
            writer.writeToSync();
            writer.sync();
            writer.synced(writer.sequence());
        }
        writer.end();
        String path = SimulatedSegments.path(1);
        int refused = fuzz.run(
                disk.contents().get(path),
                bytes -> {
                    disk.overwrite(path, bytes);
                    SegmentReader.read(log, LOG, 1, SegmentReader.UNKNOWN, frame -> true, LogFuzzTest::look);
                },
                DAMAGE);
        assertTrue(refused > 0);
    }

    private static void look(Frame frame) {
        assertTrue(frame.key().key().length + frame.record().length >= 0);
    }

    private static byte[] frame() {
        byte[] key = {1, 2, 3};
        Frame frame = new Frame(7, 0, 1, FrameKind.RECORD, 3, new EntryKey(Token.of(key), key), new byte[100]);
        return FrameFormatTest.encoded(new FrameFormat(LOG, 1), frame);
    }

    /** As the description of the package says it. */
    private static void seal(byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        Optional<FrameHead> head = FrameHead.read(frame).filter(read -> read.length() <= bytes.length);
        if (head.isPresent()) {
            CRC32C crc = new CRC32C();
            crc.update(ByteBuffer.allocate(16).putLong(LOG).putLong(1).flip());
            crc.update(bytes, 8, (int) head.get().length() - 8);
            frame.putInt(0, FrameFormat.MAGIC).putInt(4, (int) crc.getValue());
        }
    }

    private static Optional<Frame> read(FrameFormat format, byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        return FrameHead.read(frame).flatMap(head -> format.read(head, frame));
    }
}
