/** Offers the engine as a service: waits for the node and the open JVM, opens the data directory, closes it at the end. */
package io.annulus.storage.osgi;
