package io.annulus.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The faults that a test has asked for, in their order. Any thread. */
final class FaultQueue {

    private final Deque<Fault> reads = new ArrayDeque<>();
    private final Deque<Fault> writes = new ArrayDeque<>();

    synchronized void add(Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            (fault.isOfWrites() ? writes : reads).add(fault);
        }
    }

    synchronized Optional<Fault> ofRead() {
        return Optional.ofNullable(reads.poll());
    }

    synchronized Optional<Fault> ofWrite() {
        return Optional.ofNullable(writes.poll());
    }
}
