package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.SimulatedStore.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What survives on a simulated disk, and what may not. */
class SimulatedFilesTest {

    private static final int BLOCK = SimulatedFile.BLOCK_BYTES;
    private static final int ROUNDS = 400;

    private final SimulatedRandom random = new SimulatedRandom(Seeds.seed());
    private final SimulatedFiles disk = new SimulatedFiles(random);

    @Test
    void syncedBytesUnderSyncedNamesSurviveEveryPowerCut() throws IOException {
        disk.makeFolder("log");
        disk.syncFolder("");
        SimulatedFile file = written("log/1", 3 * BLOCK + 7);
        disk.syncFolder("log");
        file.append(bytes(100));
        for (int round = 0; round < ROUNDS; round++) {
            disk.cutPower();
            disk.powerOn();
            assertArrayEquals(ones(3 * BLOCK + 7), Arrays.copyOf(content("log/1"), 3 * BLOCK + 7));
        }
    }

    @Test
    void unsyncedBytesStayVanishTearOrLeaveHoles() throws IOException {
        Set<String> outcomes = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            SimulatedFiles fresh = new SimulatedFiles(random);
            SimulatedFile file = fresh.create("a");
            file.append(bytes(10));
            file.sync();
            fresh.syncFolder("");
            file.append(bytes(4 * BLOCK));
            fresh.cutPower();
            fresh.powerOn();
            outcomes.add(outcome(fresh.contents().get("a")));
        }
        assertEquals(Set.of("all", "none", "prefix", "hole"), outcomes);
    }

    private static String outcome(byte[] content) {
        assertArrayEquals(ones(10), Arrays.copyOf(content, 10));
        int firstZero = 0;
        while (firstZero < content.length && content[firstZero] == 1) {
            firstZero++;
        }
        if (firstZero < content.length) {
            return "hole";
        }
        return content.length == 10 ? "none" : content.length == 10 + 4 * BLOCK ? "all" : "prefix";
    }

    @Test
    void unsyncedNamesSurviveOneByOne() throws IOException {
        Set<List<String>> outcomes = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            SimulatedFiles fresh = new SimulatedFiles(random);
            fresh.create("deleted").sync();
            fresh.create("old").sync();
            fresh.syncFolder("");
            fresh.create("made").sync();
            fresh.rename("old", "new");
            fresh.delete("deleted");
            fresh.cutPower();
            fresh.powerOn();
            outcomes.add(fresh.list(""));
        }
        assertEquals(8, outcomes.size(), outcomes::toString);
        assertTrue(outcomes.contains(List.of("deleted", "old")));
        assertTrue(outcomes.contains(List.of("made", "new")));
    }

    @Test
    void aFolderThatWasNotSyncedIntoItsParentGoesWithAllThatIsInIt() throws IOException {
        Set<Integer> left = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            SimulatedFiles fresh = new SimulatedFiles(random);
            fresh.makeFolder("a");
            fresh.create("a/b").sync();
            fresh.syncFolder("a");
            fresh.cutPower();
            fresh.powerOn();
            left.add(fresh.contents().size());
        }
        assertEquals(Set.of(0, 1), left);
    }

    @Test
    void theEndOfAProcessLosesNothing() throws IOException {
        SimulatedFile file = disk.create("a");
        disk.killAfter(2);
        file.append(bytes(5));
        assertThrows(IOException.class, () -> file.append(bytes(5)));
        assertThrows(IOException.class, () -> disk.create("b"));
        disk.powerOn();
        assertArrayEquals(ones(10), content("a"));
    }

    @Test
    void powerIsCutInTheMidstOfAChangeAndAllLaterOnesFail() throws IOException {
        SimulatedFile file = written("a", 10);
        disk.syncFolder("");
        int[] cuts = new int[1];
        disk.cutAfter(3, () -> cuts[0]++);
        file.append(bytes(1));
        file.append(bytes(1));
        assertEquals(0, cuts[0]);
        assertThrows(IOException.class, file::sync);
        assertEquals(1, cuts[0]);
        assertThrows(IOException.class, () -> file.append(bytes(1)));
        assertThrows(IOException.class, () -> disk.create("b"));
        assertThrows(IOException.class, () -> disk.list(""));
        assertThrows(IOException.class, () -> file.read(0, ByteBuffer.allocate(1)));
        assertEquals(1, cuts[0]);
        disk.powerOn();
        assertEquals(List.of("a"), disk.list(""));
        assertTrue(content("a").length >= 10);
    }

    @Test
    void aFailedSyncLeavesPagesCleanThatTheDiskNeverGot() throws IOException {
        Set<Boolean> lost = new TreeSet<>();
        Set<Boolean> lostAfterRewrite = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            lost.add(lostAfterFailedSync(false));
            lostAfterRewrite.add(lostAfterFailedSync(true));
        }
        assertEquals(Set.of(false, true), lost);
        assertEquals(Set.of(false), lostAfterRewrite);
    }

    private boolean lostAfterFailedSync(boolean rewritten) throws IOException {
        SimulatedFiles fresh = new SimulatedFiles(random);
        SimulatedFile file = fresh.create("a");
        fresh.syncFolder("");
        file.append(bytes(10));
        fresh.setFailsSync(true);
        assertThrows(IOException.class, file::sync);
        assertThrows(IOException.class, () -> fresh.syncFolder(""));
        fresh.setFailsSync(false);
        if (rewritten) {
            file.rewrite();
        }
        file.sync();
        assertArrayEquals(ones(10), fresh.contents().get("a"));
        fresh.cutPower();
        fresh.powerOn();
        return !Arrays.equals(ones(10), fresh.contents().get("a"));
    }

    @Test
    void aFullDiskTakesNothingAndAnErrorStrikesOnce() throws IOException {
        SimulatedFile file = written("a", 1);
        disk.setFull(true);
        assertEquals(0, disk.usableBytes());
        assertThrows(IOException.class, () -> file.append(bytes(1)));
        assertThrows(IOException.class, () -> disk.create("b"));
        disk.setFull(false);
        disk.throwOnce(new StackOverflowError("of the test"));
        assertThrows(StackOverflowError.class, () -> file.append(bytes(1)));
        file.append(bytes(1));
        assertArrayEquals(ones(2), content("a"));
    }

    @Test
    void damageIsToSyncedBytesOfTheFilesThatAreMeant() throws IOException {
        assertFalse(disk.damage(Damage.FLIPPED_BIT, path -> true));
        written("a", 3 * BLOCK);
        written("b", 3 * BLOCK);
        assertFalse(disk.damage(Damage.FLIPPED_BIT, "c"::equals));
        assertTrue(disk.damage(Damage.FLIPPED_BIT, "a"::equals));
        assertEquals(1, differences("a"));
        assertTrue(disk.damage(Damage.LOST_WRITE, "b"::equals));
        assertEquals(BLOCK, differences("b"), "a block that was written once is zeros again");
    }

    @Test
    void aLostWriteBringsBackWhatABlockWasBefore() throws IOException {
        SimulatedFile file = written("a", 10);
        file.append(bytes(10));
        file.sync();
        assertTrue(disk.damage(Damage.LOST_WRITE, path -> true));
        assertArrayEquals(Arrays.copyOf(ones(10), 20), content("a"));
    }

    @Test
    void aMisdirectedWriteIsMissingInOnePlaceAndTooMuchInAnother() throws IOException {
        SimulatedFile file = disk.create("a");
        for (byte i = 1; i <= 8; i++) {
            byte[] block = new byte[BLOCK];
            Arrays.fill(block, i);
            file.append(ByteBuffer.wrap(block));
            file.sync();
        }
        assertTrue(disk.damage(Damage.MISDIRECTED_WRITE, path -> true));
        Set<Integer> kinds = new TreeSet<>();
        for (int i = 0; i < 8; i++) {
            kinds.add((int) content("a")[i * BLOCK]);
        }
        assertTrue(kinds.size() >= 7 && kinds.size() <= 8, kinds::toString);
    }

    @Test
    void aBackupIsPutBackAsItWasTaken() throws IOException {
        assertFalse(disk.restore());
        disk.makeFolder("f");
        SimulatedFile file = disk.create("f/a");
        file.append(bytes(5));
        disk.backUp();
        file.append(bytes(5));
        disk.create("b");
        assertTrue(disk.restore());
        assertEquals(Set.of("f/a"), disk.contents().keySet());
        disk.open("f/a").append(bytes(1));
        disk.wipe();
        assertTrue(disk.contents().isEmpty());
        assertTrue(disk.restore());
        disk.cutPower();
        disk.powerOn();
        assertArrayEquals(ones(5), content("f/a"));
    }

    @Test
    void namesAreTakenAndGivenBackAsOnAnyDisk() throws IOException {
        disk.makeFolder("f");
        SimulatedFile file = disk.create("f/a");
        assertThrows(FileAlreadyExistsException.class, () -> disk.create("f/a"));
        assertThrows(FileAlreadyExistsException.class, () -> disk.makeFolder("f"));
        assertThrows(NoSuchFileException.class, () -> disk.create("g/a"));
        assertThrows(NoSuchFileException.class, () -> disk.open("f/b"));
        assertThrows(DirectoryNotEmptyException.class, () -> disk.delete("f"));
        disk.delete("f/b");
        disk.delete("f/a");
        disk.delete("f");
        assertFalse(disk.isFolder("f"));
        assertEquals(List.of(), disk.list("f"));
        file.append(bytes(3));
        assertEquals(3, file.size());
    }

    @Test
    void aFileOfTwoNamesIsOneFileUntilBothAreDeleted() throws IOException {
        disk.makeFolder("f");
        SimulatedFile file = written("a", 10);
        disk.link("a", "f/b");
        assertThrows(FileAlreadyExistsException.class, () -> disk.link("a", "f/b"));
        assertThrows(NoSuchFileException.class, () -> disk.link("c", "f/c"));
        file.append(bytes(5));
        assertArrayEquals(ones(15), content("f/b"));
        disk.delete("a");
        assertArrayEquals(ones(15), content("f/b"));
    }

    @Test
    void aLinkSurvivesOnlyWithItsFolderAndLosesAsItsFileDoes() throws IOException {
        Set<Boolean> linked = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            SimulatedFiles fresh = new SimulatedFiles(random);
            SimulatedFile file = fresh.create("a");
            fresh.makeFolder("f");
            fresh.syncFolder("");
            fresh.link("a", "f/b");
            file.append(bytes(3 * BLOCK));
            fresh.cutPower();
            fresh.powerOn();
            linked.add(fresh.contents().containsKey("f/b"));
            if (fresh.contents().containsKey("f/b")) {
                assertArrayEquals(fresh.contents().get("a"), fresh.contents().get("f/b"));
            }
        }
        assertEquals(Set.of(true, false), linked);
    }

    @Test
    void aBackupKeepsTwoNamesOfAFileTogether() throws IOException {
        disk.makeFolder("f");
        written("a", 10);
        disk.link("a", "f/b");
        disk.backUp();
        assertTrue(disk.restore());
        disk.open("a").append(bytes(1));
        assertArrayEquals(ones(11), content("f/b"));
    }

    @Test
    void aFolderIsRenamedAsAWholeToAFreeName() throws IOException {
        disk.makeFolder("f");
        disk.makeFolder("g");
        written("f/a", 10);
        disk.syncFolder("f");
        disk.syncFolder("");
        assertThrows(FileAlreadyExistsException.class, () -> disk.rename("f", "g"));
        disk.rename("f", "h");
        assertEquals(Set.of("h/a"), disk.contents().keySet());
        Set<Set<String>> outcomes = new HashSet<>();
        disk.cutPower();
        disk.powerOn();
        outcomes.add(disk.contents().keySet());
        assertTrue(Set.of(Set.of("h/a"), Set.of("f/a")).containsAll(outcomes), outcomes::toString);
    }

    private SimulatedFile written(String path, int bytes) throws IOException {
        SimulatedFile file = disk.create(path);
        file.append(bytes(bytes));
        file.sync();
        return file;
    }

    private int differences(String path) {
        int differences = 0;
        for (byte value : content(path)) {
            differences += value == 1 ? 0 : 1;
        }
        return differences;
    }

    private byte[] content(String path) {
        return disk.contents().get(path);
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.wrap(ones(count));
    }

    private static byte[] ones(int count) {
        byte[] ones = new byte[count];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }
}
