/**
 * The storage engine of a node as the other bundles see it: tables of records sorted by (token, key).
 *
 * <p>All calls are made on the node's event loop and all completions run there.
 */
@Version("0.1.0")
package io.annulus.api.storage;

import org.osgi.annotation.versioning.Version;
