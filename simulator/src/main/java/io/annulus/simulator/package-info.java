/** Virtual time, network and disk, for running a cluster deterministically in one thread. */
package io.annulus.simulator;
