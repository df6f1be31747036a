package io.annulus.storage;

import java.util.concurrent.atomic.LongAdder;

/** Counts lookups in sorted tables; any thread. */
final class ReadCounts {

    private final LongAdder lookups = new LongAdder();
    private final LongAdder passedOver = new LongAdder();
    private final LongAdder asked = new LongAdder();
    private final LongAdder falselyAsked = new LongAdder();

    /** A lookup has to ask some of so many sorted tables. */
    void lookup(int tables, int toBeAsked) {
        lookups.increment();
        passedOver.add(tables - toBeAsked);
        asked.add(toBeAsked);
    }

    /** So many that were asked did not have the key. */
    void falselyAsked(int tables) {
        if (tables > 0) {
            falselyAsked.add(tables);
        }
    }

    long lookups() {
        return lookups.sum();
    }

    long passedOverTables() {
        return passedOver.sum();
    }

    long askedTables() {
        return asked.sum();
    }

    long falselyAskedTables() {
        return falselyAsked.sum();
    }
}
