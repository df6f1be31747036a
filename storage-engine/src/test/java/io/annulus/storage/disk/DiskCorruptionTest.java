package io.annulus.storage.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.file.Varint;
import io.annulus.storage.testkit.ByteDamage;
import io.annulus.storage.testkit.Fuzz;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As the test of damage on the simulated disk, on a real one, with the files of Chronicle. */
class DiskCorruptionTest {

    private static final int KEYS = 60;
    private static final int POSITIONS = 1;
    private static final int MAGIC = 0x414e4c33;

    @TempDir
    private Path temporary;

    private final Random random = Seed.random("DiskCorruptionTest");
    private final DiskFixture fixture = new DiskFixture();
    private final Map<String, byte[]> sound = new TreeMap<>();

    /** Bytes of the log that mean something: by file, places of frames. */
    private final Map<String, List<int[]>> frames = new TreeMap<>();

    @BeforeEach
    void fill() throws IOException {
        Path directory = temporary.resolve("sound");
        try (DiskStorage storage = fixture.open(directory)) {
            Table table = fixture.table(storage);
            for (int i = 0; i < KEYS; i++) {
                DiskFixture.await(fixture.append(table, i));
            }
            storage.flush();
            while (!storage.isSettled()) {
                Thread.onSpinWait();
            }
            DiskFixture.await(fixture.append(table, KEYS));
            DiskFixture.await(fixture.append(other(storage), 1));
            fixture.on(done -> storage.system()
                    .write("ring", new byte[100], Completion.of(done::complete, done::completeExceptionally)));
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sound.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        sound.keySet().stream().filter(name -> name.endsWith(".cq4")).forEach(name -> frames.put(name, framesOf(name)));
        assertTrue(frames.values().stream().anyMatch(list -> list.size() > 1), "no log");
    }

    @AfterEach
    void stopLoop() {
        fixture.close();
    }

    @Test
    void everyFileDamagedInEveryWayIsRefusedOrReadRightOrUnknown() throws IOException {
        Map<String, Integer> outcomes = new TreeMap<>();
        for (String file : sound.keySet()) {
            for (int at : positions(file)) {
                for (ByteDamage damage : damages(file, at)) {
                    Map<String, byte[]> contents = new TreeMap<>(sound);
                    if (damage.apply(contents)) {
                        boolean isNoticed = isNoticed(contents, damage.toString());
                        assertTrue(isNoticed || isMeaningless(damage), () -> "nobody noticed " + damage);
                        outcomes.merge(kind(file) + (isNoticed ? " noticed" : " harmless"), 1, Integer::sum);
                    }
                }
            }
        }
        System.out.println(outcomes);
        assertEquals(
                Set.of("cq4 harmless", "cq4t harmless", "lock harmless"),
                Set.copyOf(outcomes.keySet().stream()
                        .filter(outcome -> outcome.endsWith("harmless"))
                        .toList()));
    }

    /** An empty file, a folder in its place, and none at all. */
    @Test
    void aSortedTableThatIsGoneIsUnknownAndNothingElse() throws IOException {
        String file = sound.keySet().stream()
                .filter(name -> name.endsWith(".sst"))
                .findFirst()
                .orElseThrow();
        for (String how : List.of("gone", "empty", "folder")) {
            Path directory = written(sound, how);
            Files.delete(directory.resolve(file));
            if (how.equals("empty")) {
                Files.createFile(directory.resolve(file));
            } else if (how.equals("folder")) {
                Files.createDirectory(directory.resolve(file));
            }
            try (DiskStorage storage = fixture.open(directory)) {
                Table table = fixture.table(storage);
                assertTrue(isUnknown(table, 0), how);
                Table other = other(storage);
                assertTrue(fixture.read(other, 1).isPresent(), "another table, " + how);
                assertTrue(storage.status().cause().contains(".sst"), storage.status()::cause);
                assertEquals(1, storage.integrity().quarantined().size(), how);
                DiskFixture.await(fixture.append(table, KEYS + 1));
            }
        }
    }

    /** Chronicle maps the file that it writes: memory behind its end must not end the process. */
    @Test
    void filesThatAreCutWhileTheyAreOpenDoNotEndTheProcess() throws IOException, InterruptedException {
        for (String left : List.of("0", "70000")) {
            Path directory = temporary.resolve("open-" + left);
            Path log = temporary.resolve("log-" + left);
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "--add-opens=java.base/java.lang=ALL-UNNAMED",
                            "-XX:ErrorFile=" + temporary.resolve("crash"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            CutWriter.class.getName(),
                            directory.toString(),
                            left)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), () -> "left " + left + ": " + text(log));
        }
    }

    private Table other(DiskStorage storage) {
        return fixture.on(done -> done.complete(storage.openTable(new TableSpec("other", new SetRecords()))));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<Integer> positions(String file) {
        int length = sound.get(file).length;
        Set<Integer> positions = new TreeSet<>(List.of(0, Math.max(0, length - 1)));
        int more = POSITIONS * Fuzz.SCALE;
        if (!frames.containsKey(file)) {
            random.ints(more, 0, Math.max(1, length)).forEach(positions::add);
            return positions.stream().filter(at -> at < length).toList();
        }
        // The header of the queue, each field of a frame, its key and record, the end of the log and what follows it.
        positions.addAll(List.of(4, 200));
        for (int[] frame : frames.get(file)) {
            for (int field : new int[] {-4, 0, 4, 8, 9, 10, 11, 12, 13, 14, 15, frame[1] - 1}) {
                if (random.nextInt(16) < Fuzz.SCALE) {
                    positions.add(frame[0] + field);
                }
            }
            if (random.nextInt(4) < Fuzz.SCALE) {
                positions.add(frame[0] + random.nextInt(frame[1]));
            }
        }
        return positions.stream().toList();
    }

    private List<ByteDamage> damages(String file, int at) {
        List<ByteDamage> damages = new ArrayList<>();
        damages.add(ByteDamage.flipped(file, at));
        if (random.nextInt(5) < Fuzz.SCALE) {
            damages.add(ByteDamage.zeroed(file, at, Math.min(512, sound.get(file).length - at)));
            damages.add(ByteDamage.truncated(file, at));
            List<String> names = List.copyOf(sound.keySet());
            String other = names.get(random.nextInt(names.size()));
            int length = Math.min(512, Math.min(sound.get(file).length - at, sound.get(other).length));
            damages.add(new ByteDamage(ByteDamage.Kind.COPIED, file, at, length, other, 0));
        }
        return damages;
    }

    /** Whether all that it changes is of no meaning: of the lock, or of a queue beside the frames. */
    private boolean isMeaningless(ByteDamage damage) {
        String kind = kind(damage.file());
        if (kind.equals("lock") || kind.equals("cq4t")) {
            return true;
        }
        int end = damage.kind() == ByteDamage.Kind.TRUNCATED ? Integer.MAX_VALUE : damage.at() + damage.length();
        return kind.equals("cq4")
                && frames.get(damage.file()).stream()
                        .noneMatch(frame -> damage.at() < frame[0] + frame[1] && end > frame[0]);
    }

    private boolean isNoticed(Map<String, byte[]> contents, String what) throws IOException {
        Path directory = written(contents, "damaged");
        try (DiskStorage storage = fixture.open(directory)) {
            Table table = fixture.table(storage);
            boolean isUnknown = false;
            for (int i = 0; i <= KEYS; i++) {
                isUnknown |= isUnknown(table, i);
            }
            Optional<byte[]> ring = storage.system().read("ring");
            assertEquals(100, ring.map(value -> value.length).orElse(0), what);
            return isUnknown || !storage.status().cause().isEmpty();
        } catch (CorruptDataException | StorageOpenException e) {
            assertFalse(e.getMessage().isEmpty(), what);
            return true;
        } catch (AssertionError e) {
            throw new AssertionError(what, e);
        }
    }

    /** Whether a read fails; else it is right. */
    private boolean isUnknown(Table table, int i) {
        try {
            Optional<byte[]> record = fixture.read(table, i);
            assertEquals(
                    Set.of((long) i),
                    SetRecords.numbers(record.orElseThrow(() -> new AssertionError(i + " is absent"))));
            return false;
        } catch (CompletionException e) {
            assertTrue(e.getCause() instanceof CorruptDataException, e::toString);
            return true;
        }
    }

    /** The files in a folder of their own; zeros at the end of a large one are left out on the disk. */
    private Path written(Map<String, byte[]> contents, String name) throws IOException {
        Path directory = temporary.resolve(name);
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            int used = file.getValue().length;
            while (used > 0 && file.getValue()[used - 1] == 0) {
                used--;
            }
            try (FileChannel channel =
                    FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(file.getValue(), 0, used));
                if (used < file.getValue().length) {
                    channel.write(ByteBuffer.allocate(1), file.getValue().length - 1L);
                }
            }
        }
        return directory;
    }

    private List<int[]> framesOf(String file) {
        ByteBuffer bytes = ByteBuffer.wrap(sound.get(file));
        List<int[]> found = new ArrayList<>();
        int at = 0;
        while (at + 8 <= bytes.limit()) {
            if (bytes.getInt(at) == MAGIC) {
                found.add(new int[] {at, frameBytes(bytes, at)});
                at += frameBytes(bytes, at);
            } else {
                at++;
            }
        }
        return found;
    }

    /** Tokens are those of the keys here. */
    private static int frameBytes(ByteBuffer bytes, int at) {
        ByteBuffer head = bytes.duplicate().position(at + 9);
        for (int number = 0; number < 4; number++) {
            Varint.get(head);
        }
        int keyAndRecord = (int) (Varint.get(head) + Varint.get(head));
        return head.position() - at + keyAndRecord;
    }

    private static String kind(String file) {
        return file.startsWith("system/") ? "system" : file.substring(file.lastIndexOf('.') + 1);
    }
}
