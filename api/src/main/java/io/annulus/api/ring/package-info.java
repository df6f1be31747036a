/**
 * Tokens, arcs and preference lists: where a key lives.
 *
 * <p>The circle of 2^128 tokens is cut into {@code 2^arcBits} equal arcs; a ring is an immutable value with an epoch.
 */
@Version("0.1.0")
package io.annulus.api.ring;

import org.osgi.annotation.versioning.Version;
