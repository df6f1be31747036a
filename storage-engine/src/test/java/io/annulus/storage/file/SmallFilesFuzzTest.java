package io.annulus.storage.file;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.identity.Identity;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.manifest.TableManifest;
import io.annulus.storage.quarantine.DamagedRange;
import io.annulus.storage.quarantine.HealedRange;
import io.annulus.storage.quarantine.QuarantineState;
import io.annulus.storage.quarantine.TokenRange;
import io.annulus.storage.sstable.SSTableInfo;
import io.annulus.storage.testkit.Fuzz;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedDirectory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The files that are replaced as a whole, of bytes that nobody wrote, with and without a checksum that matches. */
@Timeout(3600)
class SmallFilesFuzzTest {

    private static final List<Class<? extends Exception>> DAMAGE =
            List.of(CorruptDataException.class, StorageOpenException.class);

    private final Random random = Seed.random("SmallFilesFuzzTest");
    private final Fuzz fuzz = new Fuzz(random);
    private final SimulatedFiles disk = Seed.disk(random);
    private final Directory directory = SimulatedDirectory.top(disk);

    @Test
    void checkedFiles() throws IOException {
        CheckedFile.replace(directory, "value", new byte[200]);
        assertTrue(fuzz.run(
                        disk.contents().get("value"),
                        bytes -> {
                            disk.overwrite("value", bytes);
                            CheckedFile.read(directory, "value");
                        },
                        DAMAGE)
                > 0);
    }

    @Test
    void manifests() throws IOException {
        manifest().write(directory);
        assertTrue(fuzz.run(
                        content(Manifest.FILE),
                        bytes -> {
                            CheckedFile.replace(directory, Manifest.FILE, bytes);
                            Manifest.read(directory);
                        },
                        DAMAGE)
                > 0);
    }

    @Test
    void identities() throws IOException {
        new Identity(new StoreIdentity(new NodeId("n1"), 1, 2, 3), 4, true, "key", "boot").write(directory);
        assertTrue(fuzz.run(
                        content(Identity.FILE),
                        bytes -> {
                            CheckedFile.replace(directory, Identity.FILE, bytes);
                            Identity.read(directory);
                        },
                        DAMAGE)
                > 0);
    }

    private byte[] content(String name) {
        byte[] file = disk.contents().get(name);
        return Arrays.copyOfRange(file, 8, file.length - 4);
    }

    private static Manifest manifest() {
        SSTableInfo info = new SSTableInfo(3, 1, 1000, 10, 1, new Token(1, 1), new Token(9, 9), 1, 20, List.of());
        TreeMap<Integer, TableManifest> tables = new TreeMap<>();
        tables.put(1, new TableManifest(1, "data", 20, List.of(info)));
        tables.put(2, new TableManifest(2, "_own", 20, List.of()));
        TokenRange range = new TokenRange(new Token(2, 2), new Token(3, 3));
        QuarantineState state = new QuarantineState(
                List.of(new DamagedRange(1, 3, range, 20, "of the test")), List.of(new HealedRange(1, range, 20)));
        return new Manifest(4, 20, 2, tables, state);
    }
}
