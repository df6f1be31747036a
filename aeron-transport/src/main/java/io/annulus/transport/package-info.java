/**
 * Messages between nodes over Aeron UDP: who the node is, what the transport may use, and what it counts.
 *
 * <p>The layers below this package, each of which knows only the one above it in this list: {@code codec} turns a message
 * into bytes, {@code frame} adds sender and checksum and cuts what is too long for one Aeron message, {@code aeron} moves
 * the bytes on the node's loop, {@code osgi} wires.
 */
package io.annulus.transport;
