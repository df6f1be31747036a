/**
 * Tests of code that uses the store: a JUnit extension that hands out a {@link io.annulus.api.Keyspace} over simulated nodes
 * in memory, and the {@link io.annulus.testkit.TestCluster} to bring faults about. The nodes are the real ones on the virtual
 * time of {@link io.annulus.simulator}, so a deadline of five seconds is over in microseconds, and the same seed gives the
 * same course.
 *
 * <p>Threads: everything public here may be called by any thread. The world is confined by one lock; time moves when a thread
 * waits for a stage of the store, or asks for it by {@link io.annulus.testkit.TestCluster#advance}. What consumers attach to
 * stages runs outside of that lock.
 */
package io.annulus.testkit;
