/** Causal versions of a value, and what is kept when two of them meet. */
package io.annulus.versioning;
