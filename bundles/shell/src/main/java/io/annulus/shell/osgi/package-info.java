/** Finds the node's services for a command, and waits for a node that is just starting. */
package io.annulus.shell.osgi;
