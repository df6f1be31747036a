package io.annulus.itests.checks.planted;

/** Breaks the rule on clocks. */
public final class ReadsClock {
    public long now() {
        return System.nanoTime();
    }
}
