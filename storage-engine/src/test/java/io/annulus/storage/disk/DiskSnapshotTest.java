package io.annulus.storage.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Snapshot;
import io.annulus.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a real directory, restored as the README says. */
class DiskSnapshotTest {

    @TempDir
    private Path directory;

    private final DiskFixture fixture = new DiskFixture();

    @AfterEach
    void stopLoop() {
        fixture.close();
    }

    @Test
    void aCopyOfASnapshotIsAnotherStoreWithTheSameData(@TempDir Path other) throws IOException {
        StoreIdentity original;
        try (DiskStorage storage = fixture.open(directory)) {
            original = storage.identity();
            for (int i = 0; i < 100; i++) {
                DiskFixture.await(fixture.append(fixture.table(storage), i));
            }
            Snapshot snapshot = create(storage, "monday");
            assertEquals(List.of(snapshot), storage.snapshots().list());
            DiskFixture.await(fixture.append(fixture.table(storage), 100));
        }
        Path kept = directory.resolve("snapshots/monday");
        assertEquals(inode(first(directory.resolve("sstables"))), inode(first(kept.resolve("sstables"))));
        Path restored = other.resolve("restored");
        copy(kept, restored);
        try (DiskStorage storage = fixture.open(restored)) {
            assertNotEquals(original.storeId(), storage.identity().storeId());
            assertNotEquals(original.origin(), storage.identity().origin());
            for (int i = 0; i < 100; i++) {
                assertTrue(fixture.read(fixture.table(storage), i).isPresent(), "key " + i);
            }
            assertTrue(fixture.read(fixture.table(storage), 100).isEmpty());
            DiskFixture.await(fixture.append(fixture.table(storage), 101));
        }
        try (DiskStorage storage = fixture.open(directory)) {
            assertEquals(original.storeId(), storage.identity().storeId());
            assertEquals(1, storage.snapshots().list().size());
            assertTrue(fixture.read(fixture.table(storage), 100).isPresent());
            assertTrue(fixture.read(fixture.table(storage), 101).isEmpty());
            fixture.<String>on(done ->
                    storage.snapshots().delete("monday", Completion.of(done::complete, done::completeExceptionally)));
            assertTrue(Files.notExists(kept));
        }
    }

    private Snapshot create(DiskStorage storage, String name) {
        return fixture.on(
                done -> storage.snapshots().create(name, Completion.of(done::complete, done::completeExceptionally)));
    }

    private static Path first(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().findFirst().orElseThrow();
        }
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
