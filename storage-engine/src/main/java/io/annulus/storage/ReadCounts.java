package io.annulus.storage;

import io.annulus.storage.cache.Tally;

/** Counts lookups in sorted tables; any thread. */
final class ReadCounts {

    private final Tally lookups = new Tally();
    private final Tally passedOver = new Tally();
    private final Tally asked = new Tally();
    private final Tally falselyAsked = new Tally();

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
