/**
 * Loads every line of real text through a cluster of plain-Java nodes and reads it all back, also while a node is killed and
 * started again.
 *
 * <p>This process runs node 1; each other node is a process of its own, so that killing one is a real {@code kill -9}.
 */
package io.annulus.benchmarks.loader;
