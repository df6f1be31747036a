/** The commands of the Karaf shell. */
package io.annulus.shell;
