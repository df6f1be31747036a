package io.annulus.itests.checks.planted;

import java.util.concurrent.ThreadLocalRandom;

/** Breaks the rule on randomness. */
public final class DrawsRandom {
    public int draw() {
        return ThreadLocalRandom.current().nextInt();
    }
}
