package io.annulus.storage.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.testkit.MemoryDisk;
import io.annulus.storage.testkit.Seed;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckedFileTest {

    private final Random random = Seed.random("CheckedFileTest");

    @Test
    void aPowerCutAtAnyChangeLeavesTheOldOrTheNewContent() throws IOException {
        int olds = 0;
        for (int cut = 0; cut < 5; cut++) {
            MemoryDisk disk = new MemoryDisk();
            CheckedFile.replace(disk.root(), "value", new byte[] {1});
            disk.cutAfter(cut);
            assertThrows(IOException.class, () -> CheckedFile.replace(disk.root(), "value", new byte[] {2}));
            byte[] content =
                    CheckedFile.read(disk.afterPowerCut(random).root(), "value").orElseThrow();
            assertTrue(content.length == 1 && content[0] >= 1 && content[0] <= 2);
            olds += content[0] == 1 ? 1 : 0;
        }
        assertEquals(5, olds, "nothing is new before the directory was synced");
    }

    @Test
    void everyFlippedByteIsDetected() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        CheckedFile.replace(disk.root(), "value", new byte[] {1, 2, 3, 4, 5});
        byte[] intact = disk.bytes("value").clone();
        for (int at = 0; at < intact.length; at++) {
            byte[] damaged = intact.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            disk.setBytes("value", damaged);
            assertThrows(CorruptDataException.class, () -> CheckedFile.read(disk.root(), "value"), "byte " + at);
        }
    }

    @Test
    void aFileUnderAnotherNameDoesNotPass() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        CheckedFile.replace(disk.root(), "value", new byte[] {1});
        assertArrayEquals(new byte[] {1}, CheckedFile.read(disk.root(), "value").orElseThrow());
        disk.root().rename("value", "other");
        assertThrows(CorruptDataException.class, () -> CheckedFile.read(disk.root(), "other"));
        assertTrue(CheckedFile.read(disk.root(), "value").isEmpty());
    }
}
