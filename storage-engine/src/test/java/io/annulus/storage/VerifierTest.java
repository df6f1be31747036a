package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Verification reads all there is, at its pace, and finds what nobody has asked for yet. */
class VerifierTest {

    private static final int KEYS = 300;
    private static final long FAST = 1L << 40;

    /** A block and the values that it points to. */
    private static final long LARGEST_STEP = 40_000;

    private final Random random = Seed.random("VerifierTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private SimulatedEngine engine;

    @Test
    void aSoundDiskPasses() throws IOException {
        open();
        fill(2);
        append(KEYS);
        Job job = verified(FAST);
        assertEquals(Job.State.DONE, job.state(), () -> job.cause().toString());
        assertTrue(job.done() >= job.total(), () -> job.done() + " of " + job.total());
    }

    /** Every byte of a sorted table is of a block or of what ends the file, and none of it is left out. */
    @Test
    void oneFlippedBitOfASortedTableIsFoundAndQuarantined() throws IOException {
        open();
        fill(1);
        String file = path(".sst");
        int size = disk.contents().get(file).length;
        engine.close(world);
        for (int at = 0; at < size; at += 1 + random.nextInt(size / 60)) {
            engine = SimulatedEngine.open(disk, world, 1 << 20, true);
            table();
            world.settle();
            disk.flip(file, at, 3);
            Job job = verified(FAST);
            assertEquals(Job.State.FAILED, job.state(), "flipped byte " + at);
            assertTrue(job.cause().orElseThrow() instanceof CorruptDataException);
            assertFalse(engine.engine().integrity().quarantined().isEmpty(), "flipped byte " + at);
            disk.flip(file, at, 3);
            engine.close(world);
        }
    }

    @Test
    void theRecordsOwnChecksumIsChecked() throws IOException {
        open();
        // Passes when it is written, and is another one when it is merged: as rotten memory makes it.
        FlakyRecords flaky = new FlakyRecords();
        Table table = engine.engine().openTable(new TableSpec("flaky", flaky));
        byte[] key = key(1);
        table.append(Token.of(key), key, SetRecords.of(1), Completion.of(done -> {}, VerifierTest::fail));
        world.settle();
        flush();
        flaky.isRotten = true;
        Job job = verified(FAST);
        assertEquals(Job.State.FAILED, job.state());
        assertEquals(
                Token.of(key), engine.engine().integrity().quarantined().get(0).from());
        assertEquals(
                Token.of(key), engine.engine().integrity().quarantined().get(0).to());
    }

    @Test
    void smallFilesAndTheLogAreRead() throws IOException {
        open();
        fill(1);
        engine.engine().system().write("ring", new byte[] {1}, Completion.of(done -> {}, VerifierTest::fail));
        world.settle();
        for (String file : List.of(Manifest.FILE, "system/ring")) {
            byte[] sound = disk.contents().get(file);
            for (int at = 0; at < sound.length; at++) {
                disk.flip(file, at, 1);
                assertEquals(Job.State.FAILED, verified(FAST).state(), file + ", flipped byte " + at);
                disk.flip(file, at, 1);
            }
        }
        assertEquals(Job.State.DONE, verified(FAST).state());
    }

    @Test
    void aDamagedLogIsFoundWhileItsRecordsAreInMemoryAndIsWrittenOut() throws IOException {
        open();
        append(1);
        world.settle();
        // Of a table that is not open in the next life, so that the segment stays.
        world.crash();
        engine = SimulatedEngine.open(disk, world, 1 << 20);
        world.settle();
        String log = path(".segment");
        assertEquals(Job.State.DONE, verified(FAST).state());
        byte[] content = disk.contents().get(log);
        disk.flip(log, content.length - 3, 1);
        Job job = verified(FAST);
        assertEquals(Job.State.FAILED, job.state());
        assertTrue(job.cause().orElseThrow().getMessage().contains("commit log segment"), job.cause()::toString);
    }

    @Test
    void itKeepsItsPace() throws IOException {
        open();
        fill(2);
        long pace = 4_000;
        Job job = verify(pace);
        long before = 0;
        int rests = 0;
        while (!job.state().isEnd()) {
            world.settle();
            long slice = job.done() - before;
            assertTrue(slice < pace / 10 + LARGEST_STEP, () -> slice + " bytes without a rest");
            before = job.done();
            if (!job.state().isEnd()) {
                assertEquals(Job.State.PAUSED, job.state());
                rests++;
                world.ring();
            }
        }
        assertTrue(rests >= job.done() / (pace / 10 + LARGEST_STEP), rests + " rests");
        assertTrue(rests > 3, rests + " rests");
        assertEquals(Job.State.DONE, job.state());
    }

    @Test
    void aCancelledOneIsGoneOnWithInTheNextLife() throws IOException {
        open();
        fill(3);
        Job whole = verified(FAST);
        Job first = verify(1000);
        assertSame(first, verify(FAST), "two ran at once");
        while (first.done() < whole.done() / 2) {
            world.settle();
            world.ring();
        }
        first.cancel();
        world.settle();
        world.ring();
        world.settle();
        assertEquals(Job.State.CANCELLED, first.state());
        world.crash();
        disk.cutPower();
        disk.powerOn();
        open();
        Job second = verified(FAST);
        assertEquals(Job.State.DONE, second.state());
        assertTrue(second.done() < whole.done() * 3 / 4, () -> second.done() + " of " + whole.done());
        Job third = verified(FAST);
        assertTrue(third.done() >= whole.done(), "the one after begins at the beginning");
    }

    @Test
    void filesThatAreMergedMeanwhileDoNotDisturb() throws IOException {
        open();
        fill(2);
        Job job = verify(5000);
        while (!job.state().isEnd()) {
            append(random.nextInt(KEYS));
            flush();
            world.ring();
        }
        assertEquals(Job.State.DONE, job.state(), () -> job.cause().toString());
        assertEquals(List.of(), engine.engine().integrity().quarantined());
    }

    @Test
    void theEndOfTheEngineEndsIt() throws IOException {
        open();
        fill(1);
        Job job = verify(1000);
        world.settle();
        engine.close(world);
        assertEquals(Job.State.CANCELLED, job.state());
        assertEquals(0, world.timers());
    }

    /** Records that are sound until they are not. */
    private static final class FlakyRecords implements RecordJoin {

        private boolean isRotten;

        @Override
        public byte[] join(byte[] left, byte[] right) {
            return new SetRecords().join(left, right);
        }

        @Override
        public void verify(byte[] record) {
            if (isRotten) {
                throw new CorruptRecordException("of the test");
            }
        }
    }

    private void open() throws IOException {
        engine = SimulatedEngine.open(disk, world, 1 << 20);
        table();
        world.settle();
    }

    private Table table() {
        return engine.engine().openTable(new TableSpec("data", new SetRecords()));
    }

    private void fill(int files) {
        for (int file = 0; file < files; file++) {
            for (int i = 0; i < KEYS; i++) {
                append(i);
            }
            flush();
        }
    }

    private void append(int i) {
        long[] numbers = random.longs(20).toArray();
        table().append(Token.of(key(i)), key(i), SetRecords.of(numbers), Completion.of(done -> {}, VerifierTest::fail));
        world.settle();
    }

    private void flush() {
        engine.engine().flush();
        world.settle();
    }

    private Job verify(long bytesPerSecond) {
        return engine.engine().integrity().verify(bytesPerSecond);
    }

    private Job verified(long bytesPerSecond) {
        Job job = verify(bytesPerSecond);
        List<Job> ended = new ArrayList<>();
        job.onEnd(Completion.of(ended::add, failure -> ended.add(job)));
        world.settle();
        while (!job.state().isEnd()) {
            world.ring();
            world.settle();
        }
        world.settle();
        assertEquals(List.of(job), ended);
        return job;
    }

    private String path(String suffix) {
        return disk.contents().keySet().stream()
                .filter(name -> name.endsWith(suffix) && disk.contents().get(name).length > 0)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }
}
