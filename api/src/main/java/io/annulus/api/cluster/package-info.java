/**
 * Nodes and what is believed of them: identity, address, liveness.
 *
 * <p>Liveness is each node's own opinion and moves no data; who owns what is the ring's business.
 */
@Version("0.1.0")
package io.annulus.api.cluster;

import org.osgi.annotation.versioning.Version;
