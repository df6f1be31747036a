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
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockTest {

    private final Random random = Seed.random("BlockTest");

    @Test
    void everyEntryIsFoundAndNoOther() {
        for (int entries : new int[] {1, 2, 3, 30, 253, 254}) {
            TreeSet<EntryKey> places = places(entries);
            Block block = block(bytes(places));
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
    void aBlockOfMoreEntriesThanAByteCanNameIsRefused() {
        byte[] bytes = bytes(places(255));
        assertThrows(IllegalArgumentException.class, () -> block(bytes));
    }

    /** A token may be any: then it is there, and what has the same key under another one is another entry. */
    @Test
    void tokensOfKeysAreLeftOutAndOthersTellEntriesApart() {
        byte[] key = {1, 2, 3};
        EntryKey own = new EntryKey(Token.of(key), key);
        TreeSet<EntryKey> places = new TreeSet<>();
        places.add(own);
        int withoutToken = bytes(places).length;
        assertEquals(3 + 2 * key.length, withoutToken);
        for (long i = 0; i < 20; i++) {
            places.add(new EntryKey(new Token(Token.of(key).high(), i), key));
        }
        Block block = block(bytes(places));
        assertEquals(withoutToken + 20 * (withoutToken + 16), bytes(places).length);
        for (EntryKey place : places) {
            assertEquals(place, block.find(place).orElseThrow().place());
            assertEquals(place, block.entry(block.lowerBound(place)).place());
        }
        EntryKey stranger = new EntryKey(new Token(Token.of(key).high(), 20), key);
        assertTrue(block.find(stranger).isEmpty());
        places.remove(own);
        assertTrue(block(bytes(places)).find(own).isEmpty());
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
                block = block(odd);
            } catch (IllegalArgumentException e) {
                refused++;
                continue;
            }
            block.find(place());
            block.lowerBound(place());
            block.entry(random.nextInt(block.entries()));
        }
        assertTrue(refused > 1000, refused + " blocks of odd bytes were refused");
        assertThrows(IllegalArgumentException.class, () -> block(new byte[0]));
    }

    @Test
    void lookupsInBytesThatChangeEnd() {
        TreeSet<EntryKey> places = places(20);
        byte[] bytes = bytes(places);
        byte[] around = new byte[bytes.length + 300];
        Block block = block(bytes).copiedTo(around, 100);
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
        byte[] target = new byte[64 << 10];
        int end = 0;
        for (EntryKey place : places) {
            end = EntryFormat.write(new StoredEntry(place, EntryKind.RECORD, place.key()), target, end);
        }
        return Arrays.copyOf(target, end);
    }

    /** A block of these plain bytes. */
    static Block block(byte[] plain) {
        return Block.lent(Arrays.copyOf(plain, BlockTable.roomFor(plain.length)), plain.length, ValueSource.NONE)
                .kept();
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
