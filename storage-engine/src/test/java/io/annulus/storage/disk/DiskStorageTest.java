package io.annulus.storage.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.Table;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.identity.Identity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStorageTest {

    @TempDir
    private Path directory;

    private final DiskFixture fixture = new DiskFixture();

    @AfterEach
    void stopLoop() {
        fixture.close();
    }

    @Test
    void aCleanCloseKeepsRecordsValuesAndOrigin() {
        StoreIdentity first;
        try (DiskStorage storage = fixture.open(directory)) {
            first = storage.identity();
            write(storage, 0, 1000);
            assertEquals("ring", fixture.<String>on(done -> storage.system()
                    .write("ring", new byte[] {5}, Completion.of(done::complete, done::completeExceptionally))));
        }
        try (DiskStorage storage = fixture.open(directory)) {
            assertEquals(first.origin(), storage.identity().origin());
            assertEquals(first.storeId(), storage.identity().storeId());
            assertEquals(first.generation() + 1, storage.identity().generation());
            verify(storage, 1000);
            assertEquals(5, storage.system().read("ring").orElseThrow()[0]);
        }
    }

    @Test
    void recordsOutgrowTheMemtableAndSegmentsGo() throws IOException {
        try (DiskStorage storage = fixture.open(directory)) {
            write(storage, 0, 20_000);
        }
        try (DiskStorage storage = fixture.open(directory)) {
            verify(storage, 20_000);
            assertTrue(storage.status().sstables() > 0);
            assertEquals(StorageStatus.State.OPEN, storage.status().state());
        }
        assertTrue(segments().size() <= 4, () -> "segments " + segments());
    }

    @Test
    void aHaltedProcessLosesNoAckedWrite() throws IOException, InterruptedException {
        int from = 0;
        for (int haltAfter : new int[] {10, 500, 6000}) {
            List<Integer> acked = crash(haltAfter, from);
            assertTrue(acked.size() >= haltAfter, acked.size() + " acked");
            try (DiskStorage storage = fixture.open(directory)) {
                Table table = fixture.table(storage);
                for (int number : acked) {
                    assertTrue(fixture.read(table, number).isPresent(), "acked write " + number + " is lost");
                }
            }
            from += 100_000;
        }
    }

    @Test
    void aCrashGivesANewOriginAndKeepsTheStoreId() throws IOException, InterruptedException {
        crash(3, 0);
        StoreIdentity crashed = Identity.read(new NioDirectory(directory, Syncer.FDATASYNC))
                .orElseThrow()
                .store();
        try (DiskStorage storage = fixture.open(directory)) {
            assertNotEquals(crashed.origin(), storage.identity().origin());
            assertEquals(crashed.storeId(), storage.identity().storeId());
        }
    }

    @Test
    void aTornTailIsDroppedAndNothingBehindItIsLost() throws IOException, InterruptedException {
        crash(200, 0);
        Path log = queueFile();
        long end = lastNonZero(log);
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(end - 10);
            file.write(new byte[11]);
        }
        for (int life = 1; life <= 3; life++) {
            try (DiskStorage storage = fixture.open(directory)) {
                write(storage, 1_000_000 * life, 100);
            }
        }
        try (DiskStorage storage = fixture.open(directory)) {
            Table table = fixture.table(storage);
            for (int life = 1; life <= 3; life++) {
                assertTrue(fixture.read(table, 1_000_000 * life + 99).isPresent());
            }
        }
    }

    @Test
    void damageInTheMiddleOfTheLogIsRefusedAndChangesNothing() throws IOException, InterruptedException {
        crash(200, 0);
        Path log = queueFile();
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(firstFrame(log) + 60);
            file.write(0xee);
        }
        TreeMap<String, Long> before = checksums();
        CorruptDataException refusal = assertThrows(CorruptDataException.class, () -> fixture.open(directory));
        assertTrue(refusal.getMessage().contains("segment 1"), refusal::getMessage);
        assertEquals(before, checksums());
    }

    @Test
    void aSecondOpenerIsRefused() {
        try (DiskStorage storage = fixture.open(directory)) {
            StorageOpenException refusal = assertThrows(StorageOpenException.class, () -> fixture.open(directory));
            assertTrue(refusal.getMessage().contains(directory.toString()), refusal::getMessage);
            assertTrue(
                    refusal.getMessage()
                            .contains(Long.toString(ProcessHandle.current().pid())),
                    refusal::getMessage);
            write(storage, 0, 1);
        }
        fixture.open(directory).close();
    }

    @Test
    void anotherNodeIsRefusedAndChangesNothing() throws IOException {
        fixture.open(directory).close();
        TreeMap<String, Long> before = checksums();
        StorageOpenException refusal = assertThrows(
                StorageOpenException.class,
                () -> DiskStorage.open(DiskFixture.config(directory), new NodeId("n2"), fixture));
        assertTrue(refusal.getMessage().contains("'n1'") && refusal.getMessage().contains("'n2'"));
        assertEquals(before, checksums());
    }

    @Test
    void aNewerFormatIsRefusedAndChangesNothing() throws IOException {
        fixture.open(directory).close();
        NioDirectory root = new NioDirectory(directory, Syncer.FDATASYNC);
        byte[] identity = CheckedFile.read(root, Identity.FILE).orElseThrow();
        ByteBuffer.wrap(identity).putInt(0, 7);
        CheckedFile.replace(root, Identity.FILE, identity);
        TreeMap<String, Long> before = checksums();
        StorageOpenException refusal = assertThrows(StorageOpenException.class, () -> fixture.open(directory));
        assertTrue(refusal.getMessage().contains("version 7")
                && refusal.getMessage().contains("versions 1 and 2"));
        assertEquals(before, checksums());
    }

    @Test
    void dataWithoutIdentityIsRefused() throws IOException {
        fixture.open(directory).close();
        Files.delete(directory.resolve(Identity.FILE));
        assertThrows(StorageOpenException.class, () -> fixture.open(directory));
    }

    @Test
    void aFailedSyncStopsAcksForEver() {
        AtomicBoolean failing = new AtomicBoolean();
        Syncer syncer = channel -> {
            if (failing.get()) {
                throw new IOException("input/output error");
            }
            channel.force(false);
        };
        StoreIdentity identity;
        try (DiskStorage storage = fixture.open(directory, syncer)) {
            identity = storage.identity();
            Table table = write(storage, 0, 10);
            failing.set(true);
            CompletableFuture<Durability> write = fixture.append(table, 10);
            assertFenced(write);
            failing.set(false);
            assertFenced(fixture.append(table, 11));
            assertTrue(fixture.read(table, 10).isEmpty());
            assertEquals(StorageStatus.State.FENCED, storage.status().state());
        }
        try (DiskStorage storage = fixture.open(directory)) {
            assertNotEquals(identity.origin(), storage.identity().origin(), "it was not closed cleanly");
            Table table = fixture.table(storage);
            for (int i = 0; i < 10; i++) {
                assertTrue(fixture.read(table, i).isPresent(), "acked record " + i);
            }
            assertTrue(fixture.read(table, 11).isEmpty(), "a fenced engine writes nothing");
        }
    }

    @Test
    void noThreadOutlivesTheClose() {
        fixture.open(directory).close();
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("kv-") || name.contains("background~") || name.contains("disk~"))
                .toList();
        assertEquals(List.of(), left);
    }

    @Test
    void chronicleReadsTheSameBytes() throws IOException {
        try (DiskStorage storage = fixture.open(directory)) {
            write(storage, 0, 50);
        }
        Path segment = queueFile().getParent();
        String file = Files.readString(queueFile(), StandardCharsets.ISO_8859_1);
        int excerpts = 0;
        int frames = 0;
        Bytes<?> bytes = Bytes.allocateElasticOnHeap();
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(segment)
                        .rollCycle(RollCycles.FAST_DAILY)
                        .timeoutMS(500)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (tailer.readBytes(bytes)) {
                String batches = new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
                assertEquals(0, batches.indexOf("ANL3"));
                assertTrue(file.contains(batches), "an excerpt is no part of the file");
                frames += batches.split("ANL3").length - 1;
                excerpts++;
                bytes.clear();
            }
        }
        assertTrue(excerpts > 0);
        assertTrue(frames > 50, frames + " frames");
    }

    private static void assertFenced(CompletableFuture<Durability> write) {
        CompletionException failure = assertThrows(CompletionException.class, () -> DiskFixture.await(write));
        assertInstanceOf(StorageFencedException.class, failure.getCause());
    }

    private Table write(DiskStorage storage, int from, int count) {
        Table table = fixture.table(storage);
        List<CompletableFuture<Durability>> ends = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            ends.add(fixture.append(table, i));
            if (ends.size() == 1000) {
                ends.forEach(DiskFixture::await);
                ends.clear();
            }
        }
        ends.forEach(end -> assertEquals(Durability.SYNCED, DiskFixture.await(end)));
        return table;
    }

    private void verify(DiskStorage storage, int count) {
        Table table = fixture.table(storage);
        for (int i = 0; i < count; i++) {
            assertTrue(fixture.read(table, i).isPresent(), "record " + i);
        }
        assertFalse(fixture.read(table, count).isPresent());
    }

    /** Runs a process that writes and is halted; returns the numbers that it saw acknowledged. */
    private List<Integer> crash(int haltAfter, int from) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashedWriter.class.getName(),
                        directory.toString(),
                        Integer.toString(haltAfter),
                        Integer.toString(from))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Integer> acked = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("acked [0-9]+")) {
                    acked.add(Integer.valueOf(line.substring(6)));
                }
            }
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(9, process.exitValue(), "the writer ended by itself");
        return acked;
    }

    private List<Path> segments() {
        try (Stream<Path> files = Files.walk(directory.resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path queueFile() {
        return segments().get(0);
    }

    private static long firstFrame(Path log) throws IOException {
        String bytes = Files.readString(log, StandardCharsets.ISO_8859_1);
        return bytes.indexOf("ANL3");
    }

    private static long lastNonZero(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int at = bytes.length - 1;
        while (bytes[at] == 0) {
            at--;
        }
        return at;
    }

    /** Of all files but the lock. */
    private TreeMap<String, Long> checksums() throws IOException {
        TreeMap<String, Long> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file) && !file.getFileName().toString().equals("lock")) {
                    CRC32C crc = new CRC32C();
                    crc.update(Files.readAllBytes(file));
                    sums.put(directory.relativize(file).toString(), crc.getValue());
                }
            }
        }
        return sums;
    }
}
