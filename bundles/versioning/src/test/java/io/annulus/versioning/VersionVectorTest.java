package io.annulus.versioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionVectorTest {

    private static final long[] ORIGINS = {0, 1, 5, Long.MAX_VALUE, Long.MIN_VALUE, -7, -1};

    @Test
    void behavesAsASortedMap() {
        SplittableRandom random = new SplittableRandom(Seeds.seed());
        for (int round = 0; round < 2000; round++) {
            TreeMap<Long, Long> left = new TreeMap<>(Long::compareUnsigned);
            TreeMap<Long, Long> right = new TreeMap<>(Long::compareUnsigned);
            VersionVector a = fill(random, left);
            VersionVector b = fill(random, right);

            right.forEach((origin, sequence) -> left.merge(origin, sequence, Math::max));
            VersionVector joined = a.join(b);

            assertSameAs(left, joined);
            assertEquals(joined, b.join(a));
            assertEquals(joined.hashCode(), b.join(a).hashCode());
        }
    }

    private static VersionVector fill(SplittableRandom random, TreeMap<Long, Long> model) {
        VersionVector vector = VersionVector.EMPTY;
        int entries = random.nextInt(8);
        for (int i = 0; i < entries; i++) {
            long origin = ORIGINS[random.nextInt(ORIGINS.length)];
            long sequence = random.nextLong(1, 5);
            model.merge(origin, sequence, Math::max);
            vector = vector.with(origin, sequence);
        }
        assertSameAs(model, vector);
        return vector;
    }

    private static void assertSameAs(TreeMap<Long, Long> model, VersionVector vector) {
        assertEquals(model.size(), vector.size());
        int i = 0;
        for (var entry : model.entrySet()) {
            assertEquals(entry.getKey(), vector.origin(i));
            assertEquals(entry.getValue(), vector.sequence(i++));
            assertEquals(entry.getValue(), vector.get(entry.getKey()));
        }
        for (long origin : ORIGINS) {
            assertEquals(model.getOrDefault(origin, 0L), vector.get(origin));
        }
    }

    @Test
    void joinWithLessIsTheVectorItself() {
        VersionVector more = VersionVector.EMPTY.with(1, 4).with(2, 9);
        VersionVector less = VersionVector.EMPTY.with(2, 8);

        assertSame(more, more.join(less));
        assertSame(more, less.join(more));
        assertTrue(more.toString().contains("2:9"), more.toString());
    }
}
