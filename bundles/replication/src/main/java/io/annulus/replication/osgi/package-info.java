/** Declarative Services components of replication: they wire, and do nothing else. */
package io.annulus.replication.osgi;
