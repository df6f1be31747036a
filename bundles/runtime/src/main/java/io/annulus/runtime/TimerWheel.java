package io.annulus.runtime;

import io.annulus.api.runtime.Cancellable;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Timers in a hierarchy of wheels (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987, scheme 7): eight wheels
 * of 64 slots, which is more ticks than a long has nanoseconds, each slot of a wheel as wide as the whole wheel below it. A timer sits in the wheel of the highest 6-bit
 * digit in which its tick differs from the current one, so that no timer of a later insertion overtakes one of the same
 * tick, and one bit a slot tells in eight steps when anything is next due.
 *
 * <p>Scheduling and cancelling cost O(1). No timer is due before its deadline, and none later than one tick after it.
 * Owned by the event loop; time comes in as argument.
 */
public final class TimerWheel {

    /** Width of a slot of the lowest wheel: 2^20 ns, about a millisecond. */
    public static final long TICK_NANOS = 1L << 20;

    private static final int TICK_BITS = Long.numberOfTrailingZeros(TICK_NANOS);
    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int LEVELS = 8;

    private final long originNanos;
    private final Timer[][] slots = new Timer[LEVELS][SLOTS];
    private final long[] occupied = new long[LEVELS];
    private final Timer due = Timer.sentinel();
    private int dueCount;
    private int size;
    private long currentTick;

    /** A wheel without timers that begins at a time. */
    public TimerWheel(long nowNanos) {
        originNanos = nowNanos;
        for (Timer[] level : slots) {
            for (int i = 0; i < SLOTS; i++) {
                level[i] = Timer.sentinel();
            }
        }
    }

    /**
     * Adds a timer.
     *
     * @param nowNanos now, not before the wheel's begin
     * @param delayNanos nanoseconds from now; 0 or less is due at the next call of {@link #expire}
     */
    public Cancellable schedule(long nowNanos, long delayNanos, Runnable task) {
        Objects.requireNonNull(task, "task");
        long sinceOrigin = nowNanos - originNanos;
        Timer timer = new Timer(this, task);
        size++;
        if (delayNanos <= 0) {
            makeDue(timer);
        } else {
            long deadline = sinceOrigin + Math.min(delayNanos, Long.MAX_VALUE - sinceOrigin - TICK_NANOS);
            timer.tick = (deadline + TICK_NANOS - 1) >>> TICK_BITS;
            place(timer);
        }
        return timer;
    }

    /**
     * Gives timers that are due to a consumer, in order of their ticks and then of their insertion. A timer made meanwhile
     * waits for the next call.
     *
     * @param nowNanos now
     * @param limit most timers to give
     * @return how many were given
     */
    public int expire(long nowNanos, int limit, Consumer<? super Runnable> consumer) {
        advance((nowNanos - originNanos) >>> TICK_BITS);
        int most = Math.min(limit, dueCount);
        int given = 0;
        while (given < most && dueCount > 0) {
            Timer timer = due.next;
            remove(timer);
            given++;
            consumer.accept(timer.task);
        }
        return given;
    }

    /** Nanoseconds until something may be due, 0 when something is; {@link Long#MAX_VALUE} without timers. Never late. */
    public long nanosToNext(long nowNanos) {
        if (dueCount > 0) {
            return 0;
        }
        long tick = nextTick();
        if (tick == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return Math.max(0, (tick << TICK_BITS) - (nowNanos - originNanos));
    }

    /** How many timers there are. */
    public int size() {
        return size;
    }

    private void advance(long toTick) {
        for (long next = nextTick(); next <= toTick; next = nextTick()) {
            currentTick = next;
            // From the top down: what falls out of a wide slot may be due, or belongs into a narrower one.
            for (int level = LEVELS - 1; level >= 0; level--) {
                empty(level, slotOf(next, level));
            }
        }
        currentTick = Math.max(currentTick, toTick);
    }

    /** The tick at which the first occupied slot begins. */
    private long nextTick() {
        for (int level = 0; level < LEVELS; level++) {
            // Slots at or before the current digit are empty: their timers were placed lower, or are due.
            long later = occupied[level] & (-2L << slotOf(currentTick, level));
            if (later != 0) {
                int shift = level * SLOT_BITS;
                long above = currentTick >>> (shift + SLOT_BITS) << (shift + SLOT_BITS);
                return above | (long) Long.numberOfTrailingZeros(later) << shift;
            }
        }
        return Long.MAX_VALUE;
    }

    private void empty(int level, int slot) {
        if ((occupied[level] & 1L << slot) == 0) {
            return;
        }
        Timer head = slots[level][slot];
        while (head.next != head) {
            Timer timer = head.next;
            unlink(timer);
            place(timer);
        }
    }

    private void place(Timer timer) {
        if (timer.tick <= currentTick) {
            makeDue(timer);
            return;
        }
        int level = (63 - Long.numberOfLeadingZeros(timer.tick ^ currentTick)) / SLOT_BITS;
        int slot = slotOf(timer.tick, level);
        timer.level = level;
        timer.slot = slot;
        timer.linkBefore(slots[level][slot]);
        occupied[level] |= 1L << slot;
    }

    private void makeDue(Timer timer) {
        timer.level = -1;
        timer.linkBefore(due);
        dueCount++;
    }

    private void unlink(Timer timer) {
        timer.previous.next = timer.next;
        timer.next.previous = timer.previous;
        if (timer.level < 0) {
            dueCount--;
        } else if (timer.next == timer.previous && timer.next == slots[timer.level][timer.slot]) {
            occupied[timer.level] &= ~(1L << timer.slot);
        }
        timer.next = timer;
        timer.previous = timer;
    }

    private void remove(Timer timer) {
        unlink(timer);
        timer.wheel = null;
        size--;
    }

    private static int slotOf(long tick, int level) {
        return (int) (tick >>> (level * SLOT_BITS)) & SLOTS - 1;
    }

    /** A timer, or the head of a circular list of them. */
    private static final class Timer implements Cancellable {

        private final Runnable task;
        private TimerWheel wheel;
        private Timer previous = this;
        private Timer next = this;
        private long tick;
        private int level;
        private int slot;

        private Timer(TimerWheel wheel, Runnable task) {
            this.wheel = wheel;
            this.task = task;
        }

        private static Timer sentinel() {
            return new Timer(null, () -> {});
        }

        private void linkBefore(Timer head) {
            previous = head.previous;
            next = head;
            head.previous.next = this;
            head.previous = this;
        }

        @Override
        public void cancel() {
            if (wheel != null) {
                wheel.remove(this);
            }
        }
    }
}
