package io.annulus.storage.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    @Test
    void aCopyOfHardLinksGetsANewOrigin(@TempDir Path other) throws IOException {
        fixture.open(directory).close();
        Path copy = other.resolve("copy");
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(directory.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectory(target);
                } else {
                    Files.createLink(target, file);
                }
            }
        }
        StoreIdentity original;
        try (DiskStorage storage = fixture.open(directory)) {
            original = storage.identity();
        }
        try (DiskStorage copied = fixture.open(copy)) {
            assertNotEquals(original.origin(), copied.identity().origin());
        }
    }

    /** File systems hand inodes out again: a restored file may well have the one that was recorded. */
    @Test
    void aRestoredIdentityGetsANewOriginWhateverItsInode() throws IOException {
        fixture.open(directory).close();
        NioDirectory root = new NioDirectory(directory, Syncer.FDATASYNC);
        Identity backup = Identity.read(root).orElseThrow();
        fixture.open(directory).close();
        backup.write(root);
        try (DiskStorage storage = fixture.open(directory)) {
            assertNotEquals(backup.store().origin(), storage.identity().origin());
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
