/** Reads and writes over the replicas of a key: coordinators, quorums, hints and read repair. */
package io.annulus.replication;
