/**
 * Virtual time, network and disk, for running a cluster deterministically in one thread.
 *
 * <p>A {@link io.annulus.simulator.SimulatedWorld} owns one queue of events, ordered by virtual time and then by insertion.
 * Everything that happens is an event; every choice is drawn from the seed. The same seed and the same calls give the same
 * {@link io.annulus.simulator.SimulatedWorld#traceHash()}, which covers time, place, kind and content of every event.
 *
 * <p>{@link io.annulus.simulator.RandomFaults} strikes with the {@link io.annulus.simulator.Fault}s of a
 * {@link io.annulus.simulator.FaultPlan}: each is a method of {@code NetworkFaults}, {@code NodeFaults}, {@code DiskFaults} or
 * {@code ClockFaults}, and an {@code Operator} brings back what is down.
 *
 * <p>All classes are confined to the thread that runs the world.
 */
package io.annulus.simulator;
