package io.annulus.storage.sstable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BlockIndexTest {

    private final Random random = Seed.random("BlockIndexTest");

    @Test
    void uniformTokensAreFound() {
        check(() -> new Token(random.nextLong(), random.nextLong()));
    }

    @Test
    void tokensOfASmallArcAreFound() {
        check(() -> new Token(-1L << 40 | random.nextLong() >>> 44, random.nextLong()));
    }

    @Test
    void skewedTokensAreFound() {
        check(() -> new Token(random.nextLong() >>> random.nextInt(64), random.nextLong()));
    }

    @Test
    void tokensOfTwoFarClustersAreFound() {
        check(() -> new Token(random.nextBoolean() ? random.nextInt(9) : -1L - random.nextInt(9), random.nextLong()));
    }

    @Test
    void keysOfOneTokenAreFound() {
        check(() -> new Token(7, 7));
        check(() -> new Token(random.nextInt(3), -random.nextInt(3)));
    }

    @Test
    void aCountThatDoesNotFitIsRefused() {
        for (int blocks : new int[] {-1, 0, 2, Integer.MAX_VALUE}) {
            ByteBuffer bytes = ByteBuffer.allocate(40).putInt(0, blocks);
            assertThrows(IllegalArgumentException.class, () -> BlockIndex.read(bytes.duplicate()));
        }
    }

    private void check(Supplier<Token> tokens) {
        for (int round = 0; round < 60; round++) {
            TreeSet<EntryKey> places = new TreeSet<>();
            int count = 1 + random.nextInt(round < 30 ? 10 : 2000);
            for (int i = 0; i < count; i++) {
                places.add(place(tokens.get()));
            }
            check(List.copyOf(places), tokens);
        }
    }

    private void check(List<EntryKey> places, Supplier<Token> tokens) {
        int perBlock = 1 + random.nextInt(5);
        int blocks = (places.size() + perBlock - 1) / perBlock;
        BlockIndex.Builder builder = new BlockIndex.Builder();
        for (int block = 0; block < blocks; block++) {
            EntryKey last = places.get(Math.min(places.size(), (block + 1) * perBlock) - 1);
            builder.add(new Footer.Part(10L * block, 10, block), places.get(block * perBlock), last);
        }
        BlockIndex index = BlockIndex.read(builder.write());
        assertEquals(blocks, index.blocks());
        for (int i = 0; i < places.size(); i++) {
            assertEquals(i / perBlock, index.blockOf(places.get(i)));
        }
        for (int i = 0; i < 200; i++) {
            EntryKey place = place(tokens.get());
            int block = index.blockOf(place);
            assertEquals(new Footer.Part(10L * block, 10, block), index.part(block));
            assertTrue(block == 0 || places.get(block * perBlock - 1).compareTo(place) < 0);
            assertTrue(block == blocks - 1 || places.get((block + 1) * perBlock).compareTo(place) > 0);
        }
    }

    private EntryKey place(Token token) {
        byte[] key = new byte[random.nextInt(4)];
        random.nextBytes(key);
        return new EntryKey(token, key);
    }
}
