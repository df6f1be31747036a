/**
 * A whole store on a simulated node: membership, ring, versioning and replication as production wires them, on the virtual
 * time, network and disk of {@link io.annulus.simulator}. Everything runs on the thread that runs the world.
 */
package io.annulus.testkit.wiring;
