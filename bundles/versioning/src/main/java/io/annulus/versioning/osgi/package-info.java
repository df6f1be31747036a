/** Declarative Services components that offer versioning and dots to the other bundles; wiring only. */
package io.annulus.versioning.osgi;
