package io.annulus.storage.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines and operators do to a data directory: clocks set back, links, second openers, interrupts, lying syncs. */
class DiskHazardTest {

    private static final long DAYS = TimeUnit.DAYS.toMillis(2);

    @TempDir
    private Path directory;

    private final DiskFixture fixture = new DiskFixture();

    @AfterEach
    void stopLoop() {
        fixture.close();
    }

    @Test
    void aClockSetBackOrOnKeepsASegmentInOneFile() throws IOException {
        fixture.open(directory.resolve("store")).close();
        AtomicLong clock = new AtomicLong(1_800_000_000_000L);
        Path segment = Files.createDirectory(directory.resolve("segment"));
        try (ChronicleSegment writer = new ChronicleSegment(segment, Syncer.FDATASYNC, clock::get)) {
            for (long step : new long[] {0, -DAYS, 2 * DAYS}) {
                clock.addAndGet(step);
                writer.append(new byte[100], 100);
                writer.sync();
            }
        }
        try (Stream<Path> files = Files.list(segment)) {
            assertEquals(
                    1, files.filter(file -> file.toString().endsWith(".cq4")).count());
        }
    }

    @Test
    void aRefusedOpenerInTheSameProcessDoesNotFreeTheLock() throws IOException, InterruptedException {
        try (DiskStorage storage = fixture.open(directory)) {
            StorageOpenException refusal = assertThrows(StorageOpenException.class, () -> fixture.open(directory));
            assertTrue(
                    refusal.getMessage()
                            .contains(Long.toString(ProcessHandle.current().pid())),
                    refusal::getMessage);
            Process other = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "--add-opens=java.base/java.lang=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CrashedWriter.class.getName(),
                            directory.toString(),
                            "3",
                            "0")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertTrue(other.waitFor(60, TimeUnit.SECONDS));
            assertEquals(1, other.exitValue(), "another process opened the directory too");
            assertEquals(1, storage.identity().generation());
        }
    }

    /** A copy may lack what its original acknowledged since: it must not answer in its name (T10, T37). */
    @Test
    void aCopyGetsANewOriginAndANewStoreId(@TempDir Path other) throws IOException {
        fixture.open(directory).close();
        List<Path> copies = List.of(other.resolve("copy"), other.resolve("links"));
        copyTo(copies.get(0), Files::copy);
        copyTo(copies.get(1), (file, target) -> Files.createLink(target, file));
        StoreIdentity original;
        try (DiskStorage storage = fixture.open(directory)) {
            original = storage.identity();
        }
        for (Path copy : copies) {
            try (DiskStorage storage = fixture.open(copy)) {
                assertNotEquals(original.origin(), storage.identity().origin());
                assertNotEquals(original.storeId(), storage.identity().storeId());
            }
        }
    }

    @Test
    void aCopyHoldsWhatTheOriginalHeldAndGoesOn(@TempDir Path other) throws IOException {
        try (DiskStorage storage = fixture.open(directory)) {
            DiskFixture.await(fixture.append(fixture.table(storage), 1));
        }
        Path copy = other.resolve("copy");
        copyTo(copy, Files::copy);
        long storeId;
        try (DiskStorage storage = fixture.open(copy)) {
            storeId = storage.identity().storeId();
            assertTrue(fixture.read(fixture.table(storage), 1).isPresent());
            DiskFixture.await(fixture.append(fixture.table(storage), 2));
        }
        try (DiskStorage storage = fixture.open(copy)) {
            assertEquals(storeId, storage.identity().storeId());
            assertTrue(fixture.read(fixture.table(storage), 1).isPresent());
            assertTrue(fixture.read(fixture.table(storage), 2).isPresent());
        }
    }

    @Test
    void theFileLatestKeepsTheStoreIdOfACopyOnce(@TempDir Path other) throws IOException {
        fixture.open(directory).close();
        Path moved = other.resolve("moved");
        copyTo(moved, Files::copy);
        Files.createFile(moved.resolve(Identity.LATEST));
        long storeId = Identity.read(new NioDirectory(directory, Syncer.FDATASYNC))
                .orElseThrow()
                .store()
                .storeId();
        try (DiskStorage storage = fixture.open(moved)) {
            assertEquals(storeId, storage.identity().storeId());
            assertFalse(Files.exists(moved.resolve(Identity.LATEST)), "it speaks for one start");
        }
        try (DiskStorage storage = fixture.open(moved)) {
            assertEquals(storeId, storage.identity().storeId());
        }
    }

    @Test
    void aRefusedStartDoesNotMakeTheDirectoryAStranger() throws IOException {
        StoreIdentity first;
        try (DiskStorage storage = fixture.open(directory)) {
            first = storage.identity();
        }
        assertThrows(
                StorageOpenException.class,
                () -> DiskStorage.open(DiskFixture.config(directory), new NodeId("n2"), fixture));
        try (DiskStorage storage = fixture.open(directory)) {
            assertEquals(first.origin(), storage.identity().origin());
            assertEquals(first.storeId(), storage.identity().storeId());
        }
    }

    /** File systems hand inodes out again: a restored file may well have the one that was recorded. */
    @Test
    void aRestoredIdentityGetsNewIdsWhateverItsInode() throws IOException {
        fixture.open(directory).close();
        NioDirectory root = new NioDirectory(directory, Syncer.FDATASYNC);
        Identity backup = Identity.read(root).orElseThrow();
        fixture.open(directory).close();
        backup.write(root);
        try (DiskStorage storage = fixture.open(directory)) {
            assertNotEquals(backup.store().origin(), storage.identity().origin());
            assertNotEquals(backup.store().storeId(), storage.identity().storeId());
        }
    }

    @FunctionalInterface
    private interface CopyOfFile {
        void make(Path file, Path target) throws IOException;
    }

    private void copyTo(Path copy, CopyOfFile each) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(directory.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectory(target);
                } else {
                    each.make(file, target);
                }
            }
        }
    }

    @Test
    void anInterruptNeitherKeepsADirectoryLockedNorLosesItsOrigin() {
        StoreIdentity first;
        try (DiskStorage storage = fixture.open(directory)) {
            first = storage.identity();
            Thread.currentThread().interrupt();
        }
        assertTrue(Thread.currentThread().isInterrupted(), "the interrupt is the caller's");
        try (DiskStorage storage = fixture.open(directory)) {
            assertTrue(Thread.interrupted(), "the interrupt is the caller's");
            assertEquals(first.origin(), storage.identity().origin());
        }
    }

    @Test
    void anErrorWhileOpeningFreesTheLock() {
        Syncer failing = channel -> {
            throw new LinkageError("of the test");
        };
        assertThrows(LinkageError.class, () -> fixture.open(directory, failing));
        fixture.open(directory).close();
    }

    @Test
    void aLogOfAFormerLifeIsWrittenAgainBeforeItIsSynced() throws IOException {
        // After a failed sync the kernel holds pages as clean that the disk never got: a sync alone would do nothing.
        byte[] content = new byte[300_000];
        content[100] = 1;
        content[299_999] = 2;
        Path file = Files.write(directory.resolve("segment"), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        AtomicInteger syncs = new AtomicInteger();
        NioDirectory root = new NioDirectory(directory, channel -> {
            assertNotEquals(FileTime.fromMillis(0), Files.getLastModifiedTime(file), "synced before it was written");
            syncs.incrementAndGet();
        });
        root.rewriteFile("segment");
        assertEquals(1, syncs.get());
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    @Test
    void directoriesThatWereMadeAreSyncedIntoTheirParents() {
        AtomicInteger flat = new AtomicInteger();
        AtomicInteger nested = new AtomicInteger();
        for (AtomicInteger syncs : List.of(flat, nested)) {
            Path store = syncs == flat ? directory.resolve("flat") : directory.resolve("a/b/nested");
            fixture.open(store, channel -> {
                        channel.force(false);
                        syncs.incrementAndGet();
                    })
                    .close();
        }
        assertEquals(flat.get() + 2, nested.get());
    }
}
