/**
 * Runs of whole clusters from a seed: the cores of membership, ring, versioning and replication as in production, on simulated
 * nodes, under clients and faults, and the judgement of what the clients were told. A run is confined to one thread; any
 * number of runs may go on at once on different threads.
 */
package io.annulus.itests.simulation;
