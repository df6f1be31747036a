package io.annulus.api.runtime;

/** Something under way that can be given up; cancelling twice, or after the end, does nothing. */
@FunctionalInterface
public interface Cancellable {

    /** Gives it up. */
    void cancel();
}
