/**
 * What a consumer of the store sees: keyspaces, options, results, receipts and errors.
 *
 * <p>Every operation is asynchronous. Stages complete on an executor of the store, never on the node's event loop and
 * never on the caller's thread unless the stage was complete already. Arrays that are passed in must not be changed
 * until the stage is complete; arrays handed out belong to the receiver.
 */
@Version("0.1.0")
package io.annulus.api;

import org.osgi.annotation.versioning.Version;
