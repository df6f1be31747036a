/** Load generators and measurements. */
package io.annulus.benchmarks;
