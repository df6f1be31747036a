/**
 * Names of versions, the record that carries them from wire to disk, and the join of two records.
 *
 * <p>A record is an opaque, checksummed array of bytes to everyone but the provider of {@link Versioning}. The same bytes
 * are sent, logged, stored, kept as a hint and repaired from.
 */
@Version("0.1.0")
package io.annulus.api.version;

import org.osgi.annotation.versioning.Version;
