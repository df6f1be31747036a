package io.annulus.storage.sstable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.merge.ValueSource;
import io.annulus.storage.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockTest {

    private final Random random = Seed.random("BlockTest");

    @Test
    void everyEntryIsFoundAndNoOther() {
        for (int entries : new int[] {1, 2, 3, 30, 253, 254, 255, 600}) {
            TreeSet<EntryKey> places = places(entries);
            Block block = new Block(bytes(places), ValueSource.NONE);
            assertEquals(places.size(), block.entries());
            int number = 0;
            for (EntryKey place : places) {
                assertArrayEquals(place.key(), block.find(place).orElseThrow().record());
                assertEquals(place, block.entry(number++).place());
            }
            for (int i = 0; i < 1000; i++) {
                EntryKey place = place();
                assertEquals(places.contains(place), block.find(place).isPresent());
                assertEquals(places.headSet(place).size(), block.lowerBound(place));
            }
        }
    }

    @Test
    void oddBytesAreRefusedOrHarmless() {
        byte[] bytes = bytes(places(20));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] odd = Arrays.copyOf(bytes, random.nextInt(10) == 0 ? random.nextInt(bytes.length) : bytes.length);
            if (odd.length > 0) {
                odd[random.nextInt(odd.length)] = (byte) random.nextInt();
            }
            Block block;
            try {
                block = new Block(odd, ValueSource.NONE);
            } catch (IllegalArgumentException e) {
                refused++;
                continue;
            }
            block.find(place());
            block.lowerBound(place());
            block.entry(random.nextInt(block.entries()));
        }
        assertTrue(refused > 1000, refused + " blocks of odd bytes were refused");
        assertThrows(IllegalArgumentException.class, () -> new Block(new byte[0], ValueSource.NONE));
    }

    @Test
    void lookupsInBytesThatChangeEnd() {
        TreeSet<EntryKey> places = places(20);
        byte[] bytes = bytes(places);
        byte[] around = new byte[bytes.length + 300];
        Block block = new Block(bytes, ValueSource.NONE).copiedTo(around, 100);
        for (EntryKey place : places) {
            assertArrayEquals(place.key(), block.find(place).orElseThrow().record());
        }
        byte[] sound = around.clone();
        int failed = 0;
        for (int i = 0; i < 20_000; i++) {
            System.arraycopy(sound, 0, around, 0, sound.length);
            for (int change = random.nextInt(100); change > 0; change--) {
                around[random.nextInt(around.length)] = (byte) random.nextInt();
            }
            try {
                block.find(random.nextBoolean() ? place() : places.first());
            } catch (RuntimeException e) {
                failed++;
            }
        }
        assertTrue(failed > 100, failed + " lookups failed");
        assertArrayEquals(bytes, Arrays.copyOfRange(sound, 100, 100 + bytes.length));
    }

    static byte[] bytes(Iterable<EntryKey> places) {
        ByteBuffer target = ByteBuffer.allocate(64 << 10);
        BlockTail tail = new BlockTail();
        for (EntryKey place : places) {
            tail.add(target.position(), place.token());
            EntryFormat.write(new StoredEntry(place, EntryKind.RECORD, place.key()), target);
        }
        tail.write(target);
        return Arrays.copyOf(target.array(), target.position());
    }

    private TreeSet<EntryKey> places(int count) {
        TreeSet<EntryKey> places = new TreeSet<>();
        while (places.size() < count) {
            places.add(place());
        }
        return places;
    }

    /** Some share their token. */
    private EntryKey place() {
        byte[] key = new byte[1 + random.nextInt(2)];
        random.nextBytes(key);
        return new EntryKey(random.nextInt(4) == 0 ? new Token(-5, 5) : Token.of(key), key);
    }
}
