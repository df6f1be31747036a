/**
 * The pure parts of the node's runtime: timers, clocks, randomness, and the reading of the node's settings.
 *
 * <p>Nothing here starts a thread or reads a clock; {@code io.annulus.runtime.system} does, and the event loop owns every
 * mutable object of this package.
 */
package io.annulus.runtime;
