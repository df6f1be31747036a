package io.annulus.replication;

import io.annulus.api.version.Dot;
import io.annulus.api.version.DotSupply;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Dots of one life; the counter outlives it. */
final class TestDots implements DotSupply {

    private long origin;
    private final LongSupplier counter;
    private boolean exhausted;

    TestDots(long origin, LongSupplier counter) {
        this.origin = origin;
        this.counter = counter;
    }

    void exhaust() {
        exhausted = true;
    }

    @Override
    public Optional<Dot> next() {
        return exhausted ? Optional.empty() : Optional.of(new Dot(origin, counter.getAsLong()));
    }

    @Override
    public void abandonOrigin() {
        origin++;
    }
}
