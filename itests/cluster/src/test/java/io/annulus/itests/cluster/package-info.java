/**
 * Whole nodes over real Aeron and real disks, without Karaf. Nodes that are to be killed are processes of their own.
 */
package io.annulus.itests.cluster;
