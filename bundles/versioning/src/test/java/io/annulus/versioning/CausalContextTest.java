package io.annulus.versioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.version.Dot;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CausalContextTest {

    @Test
    void dotsThatFollowTheVectorAreAbsorbed() {
        CausalContext context = CausalContext.EMPTY
                .with(new Dot(1, 3))
                .with(new Dot(1, 2))
                .with(new Dot(2, 5))
                .with(new Dot(1, 1));

        assertEquals(3, context.vector().get(1));
        assertEquals(List.of(new Dot(2, 5)), context.cloud());
        assertEquals(5, context.greatest(2));
        assertFalse(context.contains(new Dot(2, 4)));
    }

    @Test
    void raisingTheVectorTakesCoveredDotsOutOfTheCloud() {
        CausalContext context = CausalContext.EMPTY
                .with(new Dot(1, 4))
                .with(new Dot(1, 9))
                .with(new Dot(1, 8))
                .raised(1, 7);

        assertEquals(List.of(), context.cloud());
        assertEquals(9, context.vector().get(1));
    }

    @Test
    void behavesAsASetOfDots() {
        SplittableRandom random = new SplittableRandom(Seeds.seed());
        for (int round = 0; round < 5000; round++) {
            Set<Dot> left = new TreeSet<>();
            Set<Dot> right = new TreeSet<>();
            CausalContext a = fill(random, left);
            CausalContext b = fill(random, right);

            left.addAll(right);

            assertSameAs(left, a.join(b));
            assertEquals(a.join(b), b.join(a));
            assertSame(a, a.join(a));
            assertEquals(canonical(left), a.join(b));
        }
    }

    private static CausalContext fill(SplittableRandom random, Set<Dot> model) {
        CausalContext context = CausalContext.EMPTY;
        int steps = random.nextInt(12);
        for (int i = 0; i < steps; i++) {
            long origin = random.nextInt(3) - 1;
            long sequence = random.nextInt(1, 9);
            if (random.nextInt(6) == 0) {
                context = context.raised(origin, sequence);
                for (long s = 1; s <= sequence; s++) {
                    model.add(new Dot(origin, s));
                }
            } else {
                context = context.with(new Dot(origin, sequence));
                model.add(new Dot(origin, sequence));
            }
        }
        assertSameAs(model, context);
        return context;
    }

    private static CausalContext canonical(Set<Dot> dots) {
        return CausalContext.of(VersionVector.EMPTY, List.copyOf(dots));
    }

    private static void assertSameAs(Set<Dot> model, CausalContext context) {
        for (long origin = -2; origin <= 2; origin++) {
            for (long sequence = 1; sequence <= 12; sequence++) {
                Dot dot = new Dot(origin, sequence);
                assertEquals(model.contains(dot), context.contains(dot), () -> dot + " in " + context);
            }
        }
        assertTrue(context.cloud().stream().noneMatch(context.vector()::covers));
    }
}
