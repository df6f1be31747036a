/**
 * A node of the store in a plain Java process: the cores that the OSGi components wire, wired by hand. It serves benchmarks, and
 * Java versions that Karaf does not run on.
 */
package io.annulus.launcher;
