package io.annulus.storage.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.Compression;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.file.Directory;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.merge.ValuePointer;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValueFilesTest {

    private static final int SEPARATE_BYTES = 100;
    private static final String FILE = "values/0000000005.val";

    private final Random random = Seed.random("ValueFilesTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final Directory directory = SimulatedDirectory.top(disk).sub("values");
    private final BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());
    private final ValueFiles values = new ValueFiles(directory, codec);
    private final List<StoredEntry> written = new ArrayList<>();
    private final ValueUses uses = new ValueUses();

    @BeforeEach
    void makeFolder() throws IOException {
        directory.make();
    }

    @Test
    void recordsOfAllSizesReadBackAsWritten() throws IOException {
        write(100, 101, 5000, 70_000, 3 << 20);
        values.retain(uses.toList());
        for (StoredEntry entry : written) {
            ValuePointer pointer = entry.pointer().orElseThrow();
            assertArrayEquals(entry.record(), values.read(entry.place(), pointer));
            values.verify(entry.place(), pointer);
        }
        assertEquals(disk.contents().get(FILE).length, values.sizeBytes(5));
    }

    @Test
    void smallRecordsAndThoseThatAreSeparateAlreadyStayWhereTheyAre() throws IOException {
        try (ValueSink sink = values.sink(5, Compression.LZ4, SEPARATE_BYTES, Set.of())) {
            StoredEntry small = entry(1, SEPARATE_BYTES - 1);
            StoredEntry separate = entry(2, 500).storedAt(new ValuePointer(3, 20, 600, 7));
            assertSame(small, sink.placed(small));
            assertSame(separate, sink.placed(separate));
            sink.finish();
        }
        assertEquals(List.of(), directory.list());
    }

    @Test
    void recordsOfRelocatedFilesAreCopied() throws IOException {
        write(500);
        values.retain(uses.toList());
        StoredEntry old = StoredEntry.separate(
                written.get(0).place(),
                EntryKind.RECORD,
                written.get(0).pointer().orElseThrow(),
                values);
        ValuePointer copy;
        try (ValueSink sink = values.sink(6, Compression.LZ4, SEPARATE_BYTES, Set.of(5L))) {
            copy = sink.placed(old).pointer().orElseThrow();
            sink.finish();
        }
        assertEquals(6, copy.file());
        values.retain(List.of(new ValueUse(6, copy.length(), copy.offset() + copy.length())));
        assertArrayEquals(written.get(0).record(), values.read(old.place(), copy));
    }

    @Test
    void aSinkThatIsNotFinishedLeavesNothing() throws IOException {
        try (ValueSink sink = values.sink(5, Compression.LZ4, SEPARATE_BYTES, Set.of())) {
            sink.placed(entry(1, 1000));
        }
        assertEquals(List.of(), directory.list());
    }

    @Test
    void everyFlippedByteIsDetected() throws IOException {
        write(120, 130, 140);
        byte[] intact = disk.contents().get(FILE);
        for (int at = 0; at < intact.length; at++) {
            byte[] damaged = intact.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            disk.overwrite(FILE, damaged);
            ValueFiles files = new ValueFiles(directory, codec);
            files.retain(uses.toList());
            int byteAt = at;
            assertThrows(CorruptDataException.class, () -> readAll(files), () -> "flipped byte " + byteAt);
            assertThrows(CorruptDataException.class, () -> verifyAll(files), () -> "flipped byte " + byteAt);
        }
    }

    @Test
    void aFileThatIsTooShortOrGoneIsDamagedBeforeAnyRead() throws IOException {
        write(120, 130, 140);
        byte[] intact = disk.contents().get(FILE);
        for (int length = 0; length < intact.length; length += 7) {
            disk.overwrite(FILE, Arrays.copyOf(intact, length));
            requireDamage();
        }
        directory.delete("0000000005.val");
        requireDamage();
    }

    @Test
    void aFileOfAnotherNumberDoesNotPass() throws IOException {
        write(120);
        directory.rename("0000000005.val", "0000000006.val");
        ValueUse use = uses.toList().get(0);
        List<ValueUse> other = List.of(new ValueUse(6, use.bytes(), use.end()));
        values.retain(other);
        assertTrue(values.damage(other).isPresent());
    }

    @Test
    void theValueOfAnotherKeyDoesNotPass() throws IOException {
        write(120, 130);
        values.retain(uses.toList());
        ValuePointer second = written.get(1).pointer().orElseThrow();
        assertThrows(
                CorruptDataException.class, () -> values.read(written.get(0).place(), second));
    }

    @Test
    void wildPointersAreDamageAndNothingElse() throws IOException {
        write(120, 130);
        values.retain(uses.toList());
        for (int i = 0; i < 10_000; i++) {
            int length = random.nextInt() >> random.nextInt(31);
            ValuePointer wild = new ValuePointer(5, random.nextLong() >> random.nextInt(63), length, random.nextInt());
            assertThrows(
                    CorruptDataException.class, () -> values.read(written.get(0).place(), wild));
        }
    }

    @Test
    void aFileGoesWithTheLastObsoleteTable() throws IOException {
        write(120);
        values.retain(uses.toList());
        values.retain(uses.toList());
        values.release(uses.toList(), true);
        assertTrue(disk.contents().containsKey(FILE));
        values.release(uses.toList(), true);
        assertFalse(disk.contents().containsKey(FILE));
    }

    @Test
    void aFileStaysWhenTheEngineIsClosed() throws IOException {
        write(120);
        values.retain(uses.toList());
        values.retain(uses.toList());
        values.close();
        values.release(uses.toList(), false);
        values.release(uses.toList(), true);
        assertTrue(disk.contents().containsKey(FILE));
    }

    @Test
    void filesThatNoTablePointsToAreTidiedAway() throws IOException {
        write(120);
        disk.create("values/0000000009.val");
        values.retain(uses.toList());
        values.tidy();
        assertEquals(List.of("0000000005.val"), directory.list());
    }

    private void requireDamage() throws IOException {
        ValueFiles files = new ValueFiles(directory, codec);
        files.retain(uses.toList());
        assertTrue(files.damage(uses.toList()).isPresent());
        assertThrows(CorruptDataException.class, () -> readAll(files));
    }

    private void readAll(ValueFiles files) {
        written.forEach(entry -> files.read(entry.place(), entry.pointer().orElseThrow()));
    }

    private void verifyAll(ValueFiles files) {
        written.forEach(entry -> files.verify(entry.place(), entry.pointer().orElseThrow()));
    }

    private void write(int... sizes) throws IOException {
        try (ValueSink sink = values.sink(5, Compression.LZ4, SEPARATE_BYTES, Set.of())) {
            for (int size : sizes) {
                StoredEntry entry = sink.placed(entry(written.size(), size));
                uses.add(entry.pointer().orElseThrow());
                written.add(entry);
            }
            sink.finish();
        }
    }

    /** Half noise, half zeros. */
    private StoredEntry entry(int i, int size) {
        byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
        byte[] noise = new byte[size / 2];
        random.nextBytes(noise);
        return new StoredEntry(new EntryKey(Token.of(key), key), EntryKind.RECORD, Arrays.copyOf(noise, size));
    }
}
