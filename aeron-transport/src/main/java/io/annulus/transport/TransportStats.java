package io.annulus.transport;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counters of one messenger; any thread. */
public final class TransportStats {

    /** Written by the loop and, for errors, by Aeron's thread that resolves names; read by whoever shows them. */
    private final AtomicLongArray counts = new AtomicLongArray(TransportCounter.values().length);

    /** Adds one. */
    public void count(TransportCounter counter) {
        add(counter, 1);
    }

    /** Adds a number. */
    public void add(TransportCounter counter, long number) {
        counts.getAndAdd(counter.ordinal(), number);
    }

    /** The count so far. */
    public long get(TransportCounter counter) {
        return counts.get(counter.ordinal());
    }

    /** All counts, in the order of the counters. */
    public Map<TransportCounter, Long> snapshot() {
        Map<TransportCounter, Long> all = new EnumMap<>(TransportCounter.class);
        for (TransportCounter counter : TransportCounter.values()) {
            all.put(counter, get(counter));
        }
        return Collections.unmodifiableMap(all);
    }
}
