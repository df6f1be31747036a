package io.annulus.storage.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedDirectory;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CheckedFileTest {

    /** Of one replacement: create, write, sync, rename, sync of the directory. */
    private static final int CHANGES = 5;

    private final Random random = Seed.random("CheckedFileTest");

    @Test
    void aPowerCutAtAnyChangeLeavesTheOldOrTheNewContent() throws IOException {
        Set<Integer> news = new TreeSet<>();
        for (int cut = 1; cut <= CHANGES; cut++) {
            for (int round = 0; round < 100; round++) {
                SimulatedFiles disk = Seed.disk(random);
                Directory directory = SimulatedDirectory.top(disk);
                CheckedFile.replace(directory, "value", new byte[] {1});
                disk.cutAfter(cut, () -> {});
                assertThrows(IOException.class, () -> CheckedFile.replace(directory, "value", new byte[] {2}));
                disk.powerOn();
                byte[] content = CheckedFile.read(directory, "value").orElseThrow();
                assertTrue(content.length == 1 && content[0] >= 1 && content[0] <= 2);
                if (content[0] == 2) {
                    news.add(cut);
                }
            }
        }
        assertEquals(Set.of(CHANGES - 1, CHANGES), news, "changes at which the new content may be there");
    }

    @Test
    void whatWasReplacedSurvivesAnyPowerCut() throws IOException {
        for (int round = 0; round < 100; round++) {
            SimulatedFiles disk = Seed.disk(random);
            CheckedFile.replace(SimulatedDirectory.top(disk), "value", new byte[] {1});
            CheckedFile.replace(SimulatedDirectory.top(disk), "value", new byte[] {2});
            disk.cutPower();
            disk.powerOn();
            assertEquals(
                    2, CheckedFile.read(SimulatedDirectory.top(disk), "value").orElseThrow()[0]);
        }
    }

    @Test
    void everyFlippedByteIsDetected() throws IOException {
        SimulatedFiles disk = Seed.disk(random);
        CheckedFile.replace(SimulatedDirectory.top(disk), "value", new byte[] {1, 2, 3, 4, 5});
        byte[] intact = disk.contents().get("value");
        for (int at = 0; at < intact.length; at++) {
            byte[] damaged = intact.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            disk.overwrite("value", damaged);
            assertThrows(
                    CorruptDataException.class,
                    () -> CheckedFile.read(SimulatedDirectory.top(disk), "value"),
                    "byte " + at);
        }
    }

    @Test
    void aFileUnderAnotherNameDoesNotPass() throws IOException {
        SimulatedFiles disk = Seed.disk(random);
        CheckedFile.replace(SimulatedDirectory.top(disk), "value", new byte[] {1});
        assertArrayEquals(
                new byte[] {1},
                CheckedFile.read(SimulatedDirectory.top(disk), "value").orElseThrow());
        SimulatedDirectory.top(disk).rename("value", "other");
        assertThrows(CorruptDataException.class, () -> CheckedFile.read(SimulatedDirectory.top(disk), "other"));
        assertTrue(CheckedFile.read(SimulatedDirectory.top(disk), "value").isEmpty());
    }
}
