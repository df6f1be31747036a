/** The node's event loop, timers and clocks, and the opening of the JVM packages that the libraries need. */
package io.annulus.runtime;
