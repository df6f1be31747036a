/**
 * The messages that nodes exchange, one record for each verb.
 *
 * <p>Messages are immutable values. Arrays in them are handed over, not copied: sender and receiver leave them unchanged.
 * A message may be lost, doubled, delayed or delivered out of order; every handler is written for that.
 */
@Version("0.1.0")
package io.annulus.api.message;

import org.osgi.annotation.versioning.Version;
