/**
 * Virtual time, network and disk, for running a cluster deterministically in one thread.
 *
 * <p>A {@link io.annulus.simulator.SimulatedWorld} owns one queue of events, ordered by virtual time and then by insertion.
 * Everything that happens is an event; every choice is drawn from the seed. The same seed and the same calls give the same
 * {@link io.annulus.simulator.SimulatedWorld#traceHash()}. All classes are confined to the thread that runs the world.
 */
package io.annulus.simulator;
