/** Whole nodes, the cores of membership, ring, versioning and replication as in production, in a simulated world. */
package io.annulus.itests.simulation;
