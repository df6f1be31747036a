package io.annulus.storage.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.file.ScarceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real file systems say when they are full, read-only, or not the operator's, and what the operator is told. */
class ScarcityTest {

    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path directory;

    private final DiskFixture fixture = new DiskFixture();

    @AfterEach
    void stopLoop() {
        fixture.close();
    }

    @Test
    void aFullDeviceIsALack() throws IOException {
        assumeTrue(Files.isWritable(FULL));
        try (FileChannel channel = FileChannel.open(FULL, StandardOpenOption.WRITE)) {
            IOException error = assertThrows(IOException.class, () -> channel.write(ByteBuffer.allocate(1)));
            assertInstanceOf(ScarceException.class, Scarcity.of(error));
            assertTrue(Scarcity.explained(directory, error).contains("make room"));
        }
    }

    @Test
    void aLackIsKnownByTheRoomThatIsLeftToo() {
        IOException error = new IOException("kein Platz");
        assertSame(error, Scarcity.of(error));
        assertSame(error, Scarcity.ofWrite(error, 1 << 20, 1L << 30));
        assertInstanceOf(ScarceException.class, Scarcity.ofWrite(error, 1 << 20, 1 << 20));
    }

    @Test
    void descriptorsAndReadOnlyFileSystemsHaveTheirMend() {
        FileSystemException descriptors = new FileSystemException("f", null, "Too many open files");
        assertInstanceOf(ScarceException.class, Scarcity.of(descriptors));
        assertTrue(Scarcity.explained(directory, descriptors).contains("ulimit -n"));
        FileSystemException readOnly = new FileSystemException("f", null, "Read-only file system");
        assertSame(readOnly, Scarcity.of(readOnly));
        assertTrue(Scarcity.explained(directory, readOnly).contains("mount it for writing"));
    }

    @Test
    void memoryThatTheHeapCannotHoldIsRefusedWithTheMend() {
        DiskStorageConfig config = DiskStorageConfig.in(directory);
        long needed = 3 * DiskStorageConfig.MEMTABLE_BYTES + DiskStorageConfig.BLOCK_CACHE_BYTES;
        config.requireFits(needed);
        StorageOpenException refusal = assertThrows(StorageOpenException.class, () -> config.requireFits(needed - 1));
        assertTrue(refusal.getMessage().contains("memtable.bytes"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("-Xmx"), refusal::getMessage);
    }

    @Test
    void fewDescriptorsAreToldAtTheStart() {
        String format = "Limit                     Soft Limit           Hard Limit           Units     \n"
                + "Max open files            SOFT                 1048576              files     ";
        assertEquals(Optional.empty(), warning(format.replace("SOFT", "1048576")));
        assertEquals(Optional.empty(), warning(format.replace("SOFT", "unlimited")));
        assertEquals(Optional.empty(), warning(""));
        assertTrue(warning(format.replace("SOFT", "1024")).orElseThrow().contains("1024"));
    }

    @Test
    void aDirectoryThatIsNotWritableIsNamedWithTheMend() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(directory), "this user may write everywhere");
        StorageOpenException refusal = assertThrows(StorageOpenException.class, () -> fixture.open(directory));
        assertTrue(refusal.getMessage().contains(directory.toString()), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("user that the node runs as"), refusal::getMessage);
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamedWithTheMend() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        StorageOpenException refusal = assertThrows(StorageOpenException.class, () -> fixture.open(file));
        assertTrue(refusal.getMessage().contains("is a file; name a directory"), refusal::getMessage);
    }

    @Test
    void aFileSystemThatBecomesReadOnlyFencesWithThatCause() {
        AtomicBoolean readOnly = new AtomicBoolean();
        Syncer syncer = channel -> {
            if (readOnly.get()) {
                throw new IOException("Read-only file system");
            }
            channel.force(false);
        };
        try (DiskStorage storage = fixture.open(directory, syncer)) {
            DiskFixture.await(fixture.append(fixture.table(storage), 1));
            readOnly.set(true);
            CompletionException failure = assertThrows(
                    CompletionException.class, () -> DiskFixture.await(fixture.append(fixture.table(storage), 2)));
            assertInstanceOf(StorageFencedException.class, failure.getCause());
            assertEquals(StorageStatus.State.FENCED, storage.status().state());
            assertTrue(storage.status().cause().contains("Read-only"), storage.status()::cause);
            assertTrue(fixture.read(fixture.table(storage), 1).isPresent());
        }
    }

    @Test
    void aSortedTableThatWasDeletedIsNamedAndNeverAnAbsence() throws IOException {
        try (DiskStorage storage = fixture.open(directory)) {
            DiskFixture.await(fixture.append(fixture.table(storage), 1));
            storage.flush();
            while (!storage.isSettled()) {
                Thread.onSpinWait();
            }
            deleteTables();
            assertTrue(fixture.read(fixture.table(storage), 1).isPresent(), "it is open");
        }
        try (DiskStorage storage = fixture.open(directory)) {
            CompletionException failure =
                    assertThrows(CompletionException.class, () -> fixture.read(fixture.table(storage), 1));
            assertInstanceOf(CorruptDataException.class, failure.getCause());
            assertTrue(failure.getCause().getMessage().contains(".sst"), failure.getCause()::getMessage);
            DiskFixture.await(fixture.append(fixture.table(storage), 2));
        }
    }

    private void deleteTables() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("sstables"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static Optional<String> warning(String limits) {
        return OpenFileLimit.warning(List.of(limits.split("\n")));
    }
}
