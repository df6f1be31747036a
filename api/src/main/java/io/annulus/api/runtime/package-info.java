/**
 * The seams between protocol code and the world: time, randomness, the event loop and messages.
 *
 * <p>Production and simulator implement the same interfaces; no protocol class reaches the world by another way.
 */
@Version("0.1.0")
package io.annulus.api.runtime;

import org.osgi.annotation.versioning.Version;
