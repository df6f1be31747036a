package io.annulus.itests.checks.planted;

/** Breaks the rule on threads. */
public final class StartsThread {
    public void start() {
        new Thread(() -> {}).start();
    }
}
