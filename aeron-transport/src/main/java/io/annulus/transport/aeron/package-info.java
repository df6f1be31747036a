/**
 * The messenger: an embedded Aeron media driver and client, driven by the node's event loop.
 *
 * <p>Thread: sending, polling and handlers are on the loop. Starting and closing are on the thread of whoever does it; one
 * lock, which the loop only ever tries, keeps a close and a turn of the loop apart. Aeron has no thread of its own but one,
 * {@code kv-aeron-names-PORT}, which resolves host names.
 *
 * <p>A node takes one UDP port and one directory, named after the port and the store, which is private to the user and gone
 * after a close; what a killed process left there is removed by the next start.
 */
package io.annulus.transport.aeron;
