package io.annulus.simulator.judge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether some of a list of numbers add up to a target. Exact as long as there are no more than 4,096 different sums; beyond
 * that it asks only that the target lies between the least and the greatest sum and is a multiple of what divides all.
 */
final class SubsetSums {

    private static final int MOST = 1 << 12;

    private SubsetSums() {}

    /**
     * Whether a subset, perhaps the empty one, adds up to the target. Never wrongly false.
     *
     * @throws ArithmeticException when a sum is beyond 64 bits
     */
    static boolean reach(long target, List<Long> numbers) {
        if (target < least(numbers) || target > greatest(numbers)) {
            return false;
        }
        long divisor = divisor(numbers);
        if (divisor == 0 || target % divisor != 0) {
            return target == 0;
        }
        Set<Long> sums = new HashSet<>(Set.of(0L));
        for (long number : numbers) {
            for (long sum : List.copyOf(sums)) {
                sums.add(Math.addExact(sum, number));
            }
            if (sums.size() > MOST) {
                return true;
            }
        }
        return sums.contains(target);
    }

    private static long least(List<Long> numbers) {
        return numbers.stream().filter(number -> number < 0).reduce(0L, Math::addExact);
    }

    private static long greatest(List<Long> numbers) {
        return numbers.stream().filter(number -> number > 0).reduce(0L, Math::addExact);
    }

    private static long divisor(List<Long> numbers) {
        long divisor = 0;
        for (long number : numbers) {
            long rest = Math.abs(number);
            while (rest != 0) {
                long next = divisor % rest;
                divisor = rest;
                rest = next;
            }
        }
        return divisor;
    }
}
