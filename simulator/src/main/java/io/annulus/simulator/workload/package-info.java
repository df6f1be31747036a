/**
 * Clients of a simulated store: closed loops over the public {@link io.annulus.api.Keyspace}, each with one operation open at a
 * time, that take down all they ask and are told. What is promised for a key stands in its prefix, see
 * {@link io.annulus.simulator.workload.WorkloadPlan}. Everything runs on the thread of the world.
 */
package io.annulus.simulator.workload;
