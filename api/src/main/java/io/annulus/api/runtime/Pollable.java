package io.annulus.api.runtime;

/** A source of work that the event loop asks at each of its turns. */
@FunctionalInterface
public interface Pollable {

    /**
     * Does a bounded amount of waiting work without blocking. Called on the loop.
     *
     * @return how many pieces of work were done; 0 lets the loop idle
     */
    int poll();
}
