package io.annulus.storage.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.testkit.SimulatedSegments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Torn tails are dropped, damage is refused (T31). */
class SegmentTest {

    private static final String FILE = SimulatedSegments.path(1);
    private static final long STORE = 5;

    private final Random random = Seed.random("SegmentTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final CommitLog log = SimulatedSegments.log(SimulatedDirectory.top(disk));

    /** Size of the file after each batch. */
    private final List<Integer> ends = new ArrayList<>();

    @Test
    void framesComeBackAsTheyWereWritten() throws IOException {
        write(4, 5);
        List<Frame> frames = new ArrayList<>();
        SegmentSummary summary = SegmentReader.read(log, STORE, 1, SegmentReader.UNKNOWN, frame -> true, frames::add);
        assertEquals(new SegmentSummary(1, 21, 101, 121, false, false, ends.get(3)), summary);
        assertEquals(FrameKind.TABLE, frames.get(0).kind());
        for (int i = 1; i < frames.size(); i++) {
            assertEquals(place(i - 1), frames.get(i).key());
            assertEquals(101 + i, frames.get(i).sequence());
            assertEquals(i - 1, frames.get(i).record().length);
        }
    }

    @Test
    void theCleanEndIsSeen() throws IOException {
        SegmentWriter writer = new SegmentWriter(log, STORE, 1, 0, 0);
        writer.end();
        assertTrue(SegmentReader.read(log, STORE, 1, SegmentReader.UNKNOWN, frame -> true, frame -> {})
                .ended());
    }

    @Test
    void aTailCutAnywhereInTheLastBatchLosesThatBatchAlone() throws IOException {
        write(3, 4);
        byte[] whole = disk.contents().get(FILE);
        int lastBatch = ends.get(1);
        for (int length = lastBatch; length < whole.length; length++) {
            disk.overwrite(FILE, Arrays.copyOf(whole, length));
            assertTrue(read() >= 9, "cut to " + length);
            byte[] zeroed = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length + 5000);
            disk.overwrite(FILE, zeroed);
            assertTrue(read() >= 9, "zeroed from " + length);
        }
    }

    @Test
    void everyFlippedByteOfASyncedBatchIsRefused() throws IOException {
        write(3, 4);
        byte[] whole = disk.contents().get(FILE);
        for (int at = 0; at < ends.get(1); at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            disk.overwrite(FILE, damaged);
            if (isGap(at)) {
                assertEquals(13, read(), "byte " + at + " lies between batches");
            } else {
                assertThrows(CorruptDataException.class, this::read, "flipped byte " + at);
            }
        }
    }

    @Test
    void noFlippedByteOfTheLastBatchGivesWrongFrames() throws IOException {
        write(2, 4);
        byte[] whole = disk.contents().get(FILE);
        for (int at = ends.get(0) + 4; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            disk.overwrite(FILE, damaged);
            List<Frame> frames = new ArrayList<>();
            SegmentSummary summary =
                    SegmentReader.read(log, STORE, 1, SegmentReader.UNKNOWN, frame -> true, frames::add);
            assertTrue(summary.torn(), "flipped byte " + at);
            for (int i = 1; i < frames.size(); i++) {
                assertEquals(place(i - 1), frames.get(i).key());
            }
        }
    }

    @Test
    void framesOfAnotherStoreOrSegmentDoNotPass() throws IOException {
        write(1, 3);
        assertEquals(
                0,
                SegmentReader.read(log, STORE + 1, 1, SegmentReader.UNKNOWN, frame -> true, frame -> {})
                        .frames());
        disk.makeFolder("log/0000000002");
        disk.create(SimulatedSegments.path(2));
        disk.overwrite(SimulatedSegments.path(2), disk.contents().get(FILE));
        assertEquals(
                0,
                SegmentReader.read(log, STORE, 2, SegmentReader.UNKNOWN, frame -> true, frame -> {})
                        .frames());
    }

    /** Sectors of a batch reach the disk in any order: later frames of it may be intact where earlier ones are not. */
    @Test
    void aBatchThatLeftHolesIsTornAndNeverDamage() throws IOException {
        Set<Long> read = new TreeSet<>();
        for (int round = 0; round < 300; round++) {
            SimulatedFiles fresh = Seed.disk(random);
            CommitLog lost = SimulatedSegments.log(SimulatedDirectory.top(fresh));
            SegmentWriter writer = new SegmentWriter(lost, STORE, 1, 100, 100);
            add(writer, 0, 4);
            commit(writer);
            add(writer, 4, 60);
            fresh.cutAfter(3, () -> {});
            assertThrows(IOException.class, () -> commit(writer));
            fresh.powerOn();
            SegmentSummary summary =
                    SegmentReader.read(lost, STORE, 1, SegmentReader.UNKNOWN, frame -> true, frame -> {});
            assertTrue(summary.frames() >= 5, "a synced frame is lost");
            read.add(summary.frames());
        }
        assertTrue(read.size() > 10, () -> "frames read: " + read);
    }

    /** Keys and records are what clients like: they may hold what looks like a frame of a later batch. */
    @Test
    void aTornFirstBatchIsNotTakenForAForeignSegmentWhateverItHolds() throws IOException {
        ByteBuffer fake = ByteBuffer.allocate(100);
        // Checksum, kind, sequence, place, distance, table, lengths of key and record.
        fake.putInt(FrameFormat.MAGIC).putInt(0).put(new byte[] {1, 101, 0, 1, 3, 0, 80});
        SegmentWriter writer = new SegmentWriter(log, STORE, 1, 100, 100);
        for (int i = 0; i < 3; i++) {
            writer.add(FrameKind.RECORD, 3, "table", place(i), fake.array());
        }
        commit(writer);
        byte[] whole = disk.contents().get(FILE);
        for (int at = 0; at < whole.length; at++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, 0, at, (byte) 0);
            disk.overwrite(FILE, torn);
            assertTrue(read() <= 4, "zeroed up to " + at);
            disk.overwrite(FILE, Arrays.copyOf(Arrays.copyOf(whole, at), whole.length));
            assertTrue(read() <= 4, "zeroed from " + at);
        }
    }

    @Test
    void aForeignSegmentOfSeveralBatchesIsRefused() throws IOException {
        write(2, 3);
        assertThrows(
                CorruptDataException.class,
                () -> SegmentReader.read(log, STORE + 1, 1, SegmentReader.UNKNOWN, frame -> true, frame -> {}));
    }

    @Test
    void aForeignSegmentOfOneBatchIsRefusedWhenItSaysThatTheBatchWasSynced() throws IOException {
        SegmentWriter writer = new SegmentWriter(log, STORE, 1, 100, 100);
        add(writer, 0, 4);
        commit(writer);
        writer.mark();
        assertThrows(
                CorruptDataException.class,
                () -> SegmentReader.read(log, STORE + 1, 1, SegmentReader.UNKNOWN, frame -> true, frame -> {}));
    }

    @Test
    void aBatchCopiedOverALaterOneIsRefused() throws IOException {
        write(3, 4);
        byte[] whole = disk.contents().get(FILE);
        int from = ends.get(0);
        int length = ends.get(1) - from;
        byte[] misdirected = Arrays.copyOf(whole, ends.get(1) + length);
        System.arraycopy(whole, from, misdirected, ends.get(1), length);
        disk.overwrite(FILE, misdirected);
        assertThrows(CorruptDataException.class, this::read);
        assertFalse(ends.isEmpty());
    }

    @Test
    void whatWasNotSyncedMayVanishAnywhere() throws IOException {
        SegmentWriter writer = new SegmentWriter(log, STORE, 1, 100, 100);
        add(writer, 0, 4);
        commit(writer);
        int synced = disk.contents().get(FILE).length;
        for (int i = 0; i < 8; i++) {
            add(writer, 4 + i, 1);
            writer.write();
        }
        byte[] whole = disk.contents().get(FILE);
        assertEquals(13, read());
        for (int from = synced; from < whole.length; from += 3) {
            byte[] holed = whole.clone();
            Arrays.fill(holed, from, Math.min(whole.length, from + 60), (byte) 0xee);
            disk.overwrite(FILE, holed);
            long frames = read();
            assertTrue(frames >= 5 && frames < 13, frames + " frames with a hole at " + from);
        }
    }

    @Test
    void damageBeforeWhatWasSyncedLaterIsRefusedThoughItWasWrittenUnsynced() throws IOException {
        SegmentWriter writer = new SegmentWriter(log, STORE, 1, 100, 100);
        for (int i = 0; i < 8; i++) {
            add(writer, i, 1);
            writer.write();
        }
        int end = disk.contents().get(FILE).length;
        commit(writer);
        add(writer, 8, 1);
        writer.write();
        byte[] whole = disk.contents().get(FILE);
        for (int at = 4; at < end; at += 7) {
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, at, Math.min(end, at + 20), (byte) 0xee);
            disk.overwrite(FILE, damaged);
            assertThrows(CorruptDataException.class, this::read, "overwritten at " + at);
        }
    }

    @Test
    void damageOfTheLastBatchIsRefusedOnceTheLogSaysThatItWasSynced() throws IOException {
        SegmentWriter writer = new SegmentWriter(log, STORE, 1, 100, 100);
        add(writer, 0, 4);
        commit(writer);
        int end = disk.contents().get(FILE).length;
        writer.mark();
        byte[] whole = disk.contents().get(FILE);
        writer.mark();
        assertEquals(whole.length, disk.contents().get(FILE).length, "one mark is enough");
        assertEquals(6, read());
        for (int at = 4; at < end; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            disk.overwrite(FILE, damaged);
            assertThrows(CorruptDataException.class, this::read, "flipped byte " + at);
        }
    }

    @Test
    void aSegmentThatGoesOnBehindALostTailIsTornTooUnlessTheTailWasSynced() throws IOException {
        SegmentWriter first = new SegmentWriter(log, STORE, 1, 100, 100);
        add(first, 0, 4);
        first.write();
        SegmentWriter second = new SegmentWriter(log, STORE, 2, 105, 100);
        add(second, 4, 2);
        second.write();
        assertEquals(3, readSecond(105));
        assertEquals(0, readSecond(103));
        second.synced(105);
        add(second, 6, 1);
        second.write();
        assertThrows(CorruptDataException.class, () -> readSecond(103));
    }

    @Test
    void theFormerFormatIsRefusedByItsNumber() throws IOException {
        write(1, 3);
        byte[] former = disk.contents().get(FILE);
        for (int at = 0; at + Integer.BYTES <= former.length; at++) {
            if (ByteBuffer.wrap(former).getInt(at) == FrameFormat.MAGIC) {
                ByteBuffer.wrap(former).putInt(at, FrameFormat.magic(2));
            }
        }
        disk.overwrite(FILE, former);
        CorruptDataException refusal = assertThrows(CorruptDataException.class, this::read);
        assertTrue(refusal.getMessage().contains("version 2, this build reads version 3"), refusal::getMessage);
    }

    private long readSecond(long before) throws IOException {
        return SegmentReader.read(log, STORE, 2, before, frame -> true, frame -> {})
                .frames();
    }

    private static void commit(SegmentWriter writer) throws IOException {
        writer.write();
        writer.sync();
        writer.synced(writer.sequence());
    }

    private boolean isGap(int at) {
        return at < 4 || at >= ends.get(0) && at < ends.get(0) + 4;
    }

    private long read() throws IOException {
        return SegmentReader.read(log, STORE, 1, SegmentReader.UNKNOWN, frame -> true, frame -> {})
                .frames();
    }

    private void write(int batches, int frames) throws IOException {
        SegmentWriter writer = new SegmentWriter(log, STORE, 1, 100, 100);
        int n = 0;
        for (int batch = 0; batch < batches; batch++) {
            add(writer, n, frames);
            n += frames;
            commit(writer);
            ends.add(disk.contents().get(FILE).length);
        }
    }

    private static void add(SegmentWriter writer, int from, int frames) {
        for (int i = from; i < from + frames; i++) {
            writer.add(FrameKind.RECORD, 3, "table", place(i), new byte[i]);
        }
    }

    private static EntryKey place(int i) {
        byte[] key = {(byte) i, 0x41, 0x4e, 0x4c, 0x33};
        return new EntryKey(Token.of(key), key);
    }
}
