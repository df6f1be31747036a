/** Declarative Services components that offer the runtime, the node's settings and the JVM's open packages as services. */
package io.annulus.runtime.osgi;
