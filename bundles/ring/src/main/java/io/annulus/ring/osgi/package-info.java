/** Declarative Services component that offers the ring to the other bundles; wiring only. */
package io.annulus.ring.osgi;
