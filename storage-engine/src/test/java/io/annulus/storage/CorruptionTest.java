package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.SimulatedFiles;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.storage.identity.SyncMark;
import io.annulus.storage.testkit.ByteDamage;
import io.annulus.storage.testkit.Fuzz;
import io.annulus.storage.testkit.Seed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bytes of every file of a directory that was closed cleanly are damaged in every way: it is refused, or reads are right or
 * unknown, and what no read met verification finds. Positions are sampled evenly; {@code annulus.proof.scale} multiplies
 * them, up to every byte.
 */
class CorruptionTest {

    private static final int POSITIONS = 60;
    private static final int[] STRETCHES = {1, 4, 64, 512};

    /** Bytes that mean nothing: between the batches of a segment lies whatever the queue puts there. */
    private static final Set<String> HARMLESS = Set.of("segment gap");

    private final Random random = Seed.random("CorruptionTest");
    private NavigableMap<String, byte[]> sound = new TreeMap<>();

    @BeforeEach
    void fill() throws IOException {
        SimulatedFiles disk = new SimulatedFiles(new SimulatedRandom(1));
        new CorruptedStore(disk, random).fill();
        sound = disk.contents();
        // It is empty: nothing of it can be damaged, and where it is missing the log is written once more.
        sound.remove(SyncMark.FILE);
        assertEquals(
                Set.of("identity", "manifest", "segment", "sst", "system", "val"),
                new TreeSet<>(sound.keySet().stream().map(CorruptionTest::kind).toList()));
        assertEquals(CorruptedStore.Outcome.HARMLESS, examine(sound), "the directory is not sound to begin with");
    }

    @Test
    void flippedBits() throws IOException {
        each(file -> positions(file).map(at -> ByteDamage.flipped(file, at)));
    }

    @Test
    void zeroedBytes() throws IOException {
        each(file -> positions(file).map(at -> {
            int length = STRETCHES[random.nextInt(STRETCHES.length)];
            return ByteDamage.zeroed(file, at, Math.min(length, sound.get(file).length - at));
        }));
    }

    @Test
    void truncatedFiles() throws IOException {
        each(file -> positions(file).map(at -> ByteDamage.truncated(file, at)));
    }

    @Test
    void bytesOfAnotherPlaceOrFile() throws IOException {
        List<String> files = List.copyOf(sound.keySet());
        each(file -> positions(file).map(at -> {
            boolean isSame = random.nextBoolean();
            String other = isSame ? file : files.get(random.nextInt(files.size()));
            int most = Math.min(512, Math.min(sound.get(file).length - at, sound.get(other).length));
            int length = 1 + random.nextInt(most);
            int from = random.nextInt(sound.get(other).length - length + 1);
            ByteDamage.Kind kind = random.nextBoolean() && (!isSame || Math.abs(from - at) >= length)
                    ? ByteDamage.Kind.SWAPPED
                    : ByteDamage.Kind.COPIED;
            return new ByteDamage(kind, file, at, length, other, from);
        }));
    }

    /** A whole file in the place of another one, and files that are gone. */
    @Test
    void swappedAndMissingFiles() throws IOException {
        for (String file : sound.keySet()) {
            for (String other : sound.keySet()) {
                if (!file.equals(other)) {
                    NavigableMap<String, byte[]> contents = new TreeMap<>(sound);
                    contents.put(file, sound.get(other));
                    assertDetected(contents, file + " replaced by " + other);
                }
            }
            NavigableMap<String, byte[]> contents = new TreeMap<>(sound);
            contents.remove(file);
            if (!kind(file).equals("system")) {
                assertDetected(contents, file + " gone");
            }
        }
    }

    private void assertDetected(NavigableMap<String, byte[]> contents, String what) throws IOException {
        CorruptedStore.Outcome outcome;
        try {
            outcome = examine(contents);
        } catch (AssertionError e) {
            throw new AssertionError(what, e);
        }
        assertTrue(outcome != CorruptedStore.Outcome.HARMLESS, what);
    }

    private Stream<Integer> positions(String file) {
        int length = sound.get(file).length;
        int count = Math.min(length, POSITIONS * Fuzz.SCALE);
        int shift = random.nextInt(Math.max(1, length / count));
        return IntStream.range(0, count).mapToObj(i -> Math.min(length - 1, (int) ((long) i * length / count) + shift));
    }

    private void each(Function<String, Stream<ByteDamage>> damages) throws IOException {
        Map<String, Integer> outcomes = new TreeMap<>();
        List<String> harmless = new ArrayList<>();
        for (String file : sound.keySet()) {
            for (ByteDamage damage : damages.apply(file).toList()) {
                NavigableMap<String, byte[]> contents = new TreeMap<>(sound);
                if (damage.apply(contents)) {
                    CorruptedStore.Outcome outcome;
                    try {
                        outcome = examine(contents);
                    } catch (AssertionError | RuntimeException e) {
                        throw new AssertionError("after " + damage, e);
                    }
                    outcomes.merge(kind(file) + " " + outcome, 1, Integer::sum);
                    if (outcome == CorruptedStore.Outcome.HARMLESS && !HARMLESS.contains(place(damage))) {
                        harmless.add(damage.toString());
                    }
                }
            }
        }
        System.out.println(outcomes);
        assertEquals(List.of(), harmless, "nobody noticed");
    }

    /** What the bytes of a damage mean, as far as they mean nothing. */
    private String place(ByteDamage damage) {
        boolean isGap = kind(damage.file()).equals("segment")
                && isZero(sound.get(damage.file()), damage.at(), damage.length())
                && (damage.other().equals(damage.file()) || damage.kind() == ByteDamage.Kind.COPIED);
        return isGap ? "segment gap" : "";
    }

    private static boolean isZero(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private CorruptedStore.Outcome examine(NavigableMap<String, byte[]> contents) throws IOException {
        SimulatedFiles disk = new SimulatedFiles(new SimulatedRandom(1));
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            makeFolders(disk, file.getKey());
            disk.create(file.getKey());
            disk.overwrite(file.getKey(), file.getValue());
        }
        return new CorruptedStore(disk, random).examine();
    }

    private static void makeFolders(SimulatedFiles disk, String path) throws IOException {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (!disk.isFolder(path.substring(0, slash))) {
                disk.makeFolder(path.substring(0, slash));
            }
        }
    }

    private static String kind(String file) {
        if (file.startsWith("system/")) {
            return "system";
        }
        return file.substring(file.lastIndexOf('.') + 1);
    }
}
