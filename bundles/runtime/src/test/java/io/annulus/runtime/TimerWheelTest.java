package io.annulus.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Cancellable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final long TICK = TimerWheel.TICK_NANOS;
    private static final long ORIGIN = Long.MAX_VALUE - 5 * TICK;

    private final TimerWheel wheel = new TimerWheel(ORIGIN);
    private final List<String> fired = new ArrayList<>();

    private Cancellable add(long now, long delay, String name) {
        return wheel.schedule(now, delay, () -> fired.add(name));
    }

    private int expire(long now) {
        return wheel.expire(now, Integer.MAX_VALUE, Runnable::run);
    }

    @Test
    void firesWithinATickAfterItsDeadlineAndNeverBefore() {
        long delay = 100 * TICK + 1;
        add(ORIGIN, delay, "a");

        assertEquals(0, expire(ORIGIN + delay - 1));
        assertEquals(1, expire(ORIGIN + delay + TICK));
        assertEquals(0, wheel.size());
    }

    @Test
    void firesInOrderOfTicksThenOfInsertion() {
        add(ORIGIN, 5000 * TICK, "late");
        add(ORIGIN, 64 * TICK, "first");
        expire(ORIGIN + 3 * TICK);
        add(ORIGIN + 3 * TICK, 61 * TICK, "second");

        expire(ORIGIN + 6000 * TICK);

        assertEquals(List.of("first", "second", "late"), fired);
    }

    @Test
    void timerMadeByATimerWaitsForTheNextCall() {
        wheel.schedule(ORIGIN, 0, () -> add(ORIGIN, 0, "next"));

        assertEquals(1, expire(ORIGIN));
        assertEquals(List.of(), fired);
        assertEquals(1, expire(ORIGIN));
        assertEquals(List.of("next"), fired);
    }

    @Test
    void limitLeavesTheRestForTheNextCall() {
        add(ORIGIN, 0, "a");
        add(ORIGIN, TICK, "b");
        add(ORIGIN, 2 * TICK, "c");

        assertEquals(2, wheel.expire(ORIGIN + 9 * TICK, 2, Runnable::run));
        assertEquals(0, wheel.nanosToNext(ORIGIN + 9 * TICK));
        assertEquals(1, wheel.expire(ORIGIN + 9 * TICK, 2, Runnable::run));
    }

    @Test
    void timerThatIsDueCanStillBeCancelled() {
        Cancellable[] second = new Cancellable[1];
        wheel.schedule(ORIGIN, 0, () -> second[0].cancel());
        second[0] = add(ORIGIN, 0, "cancelled");

        expire(ORIGIN);
        second[0].cancel();

        assertEquals(List.of(), fired);
        assertEquals(0, wheel.size());
    }

    @Test
    void endlessDelayNeitherOverflowsNorFires() {
        add(ORIGIN, Long.MAX_VALUE, "never");

        assertEquals(0, expire(ORIGIN + TimeUnit.DAYS.toNanos(36_500)));
        assertEquals(1, wheel.size());
    }

    @Test
    void withoutTimersNothingIsNext() {
        add(ORIGIN, 70 * TICK, "a").cancel();

        assertEquals(Long.MAX_VALUE, wheel.nanosToNext(ORIGIN));
    }

    /** Against a plain map of deadlines, with random delays, cancels and leaps of time. */
    @Test
    void behavesLikeAListOfDeadlines() {
        for (int run = 0; run < 200; run++) {
            new Model(Seeds.next("behavesLikeAListOfDeadlines", run)).run(500);
        }
    }

    /** The wheel beside a map from timer to deadline. */
    private static final class Model {

        private final Xoshiro256 random;
        private final TimerWheel wheel = new TimerWheel(ORIGIN);
        private final Map<Integer, Long> deadlines = new LinkedHashMap<>();
        private final Map<Integer, Cancellable> timers = new LinkedHashMap<>();
        private long sinceOrigin;
        private int made;

        private Model(long seed) {
            random = new Xoshiro256(seed);
        }

        private void run(int steps) {
            for (int i = 0; i < steps; i++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> add();
                    case 2 -> cancelOne();
                    default -> advance();
                }
                assertEquals(deadlines.size(), wheel.size());
            }
        }

        private long anyDelay() {
            return random.nextLong() >>> (18 + random.nextInt(46));
        }

        private void add() {
            int id = made++;
            long delay = random.nextInt(8) == 0 ? 0 : anyDelay();
            deadlines.put(id, sinceOrigin + delay);
            timers.put(id, wheel.schedule(ORIGIN + sinceOrigin, delay, () -> fire(id)));
        }

        private void fire(int id) {
            Long deadline = deadlines.remove(id);
            assertTrue(deadline != null, () -> "timer " + id + " fired twice, or after its cancel");
            assertTrue(
                    deadline <= sinceOrigin, () -> "timer " + id + " fired " + (deadline - sinceOrigin) + " ns early");
        }

        private void cancelOne() {
            if (made > 0) {
                int id = random.nextInt(made);
                timers.get(id).cancel();
                deadlines.remove(id);
            }
        }

        private void advance() {
            long next = wheel.nanosToNext(ORIGIN + sinceOrigin);
            long earliest =
                    deadlines.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
            assertTrue(
                    next == Long.MAX_VALUE ? deadlines.isEmpty() : sinceOrigin + next < earliest + TICK,
                    () -> "next in " + next + " ns, but the earliest deadline in " + (earliest - sinceOrigin));
            sinceOrigin += random.nextInt(3) == 0 && next != Long.MAX_VALUE ? next : anyDelay();
            int limit = 1 + random.nextInt(50);
            while (wheel.expire(ORIGIN + sinceOrigin, limit, Runnable::run) > 0) {
                assertTrue(wheel.size() >= 0);
            }
            deadlines.values().forEach(deadline -> assertTrue(deadline + TICK > sinceOrigin, "a due timer was left"));
        }
    }
}
