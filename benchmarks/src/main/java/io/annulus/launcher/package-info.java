/** Starts a node in plain Java, without Karaf. */
package io.annulus.launcher;
