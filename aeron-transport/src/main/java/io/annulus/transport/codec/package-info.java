/**
 * Turns the messages of {@link io.annulus.api.message} into bytes and back, as the SBE schema {@code annulus.xml} lays them
 * out: an SBE message header of 8 bytes, the verb's fixed fields, then groups and data of stated length; little endian.
 *
 * <p>Bytes from the wire are not trusted: every length is held against what is left of the message before anything is
 * allocated, and whatever does not decode to a valid message ends in one exception,
 * {@link io.annulus.transport.codec.MalformedMessageException}. A message of a newer schema version is refused, and so is
 * one with bytes to spare.
 *
 * <p>Encoder and decoder keep reusable flyweights and belong to one thread.
 */
package io.annulus.transport.codec;
