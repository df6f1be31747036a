package io.annulus.simulator;

/**
 * What a message holds, in numbers.
 *
 * @param hash of its content: records by their components, arrays by their elements
 * @param bytes about how many it takes on a wire
 * @param fixed whether nothing in it can be changed any more
 */
record Content(long hash, long bytes, boolean fixed) {}
