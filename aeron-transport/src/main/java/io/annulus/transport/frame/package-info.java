/**
 * Frames: a message with its sender and a checksum, and the parts of a frame that is too long for one Aeron message.
 *
 * <p>Little endian. A frame:
 *
 * <pre>
 * offset  bytes  what
 *      0      4  'A' 'N' 'F' '1'
 *      4      4  CRC32C of everything behind this field
 *      8      2  version, 1
 *     10      2  port at which the sender receives
 *     12      4  length m of the message
 *     16      8  hash of the cluster's name: upper half of its token
 *     24      8  store id of the sender
 *     32      1  length n of the sender's name
 *     33      1  length h of the sender's host
 *     34      n  name of the sender, UTF-8
 *   34+n      h  host at which the sender receives, UTF-8
 * 34+n+h      m  the message, see {@link io.annulus.transport.codec}
 * </pre>
 *
 * <p>A part of a frame; the parts of one frame are sent in order over one stream, and frames may go between them:
 *
 * <pre>
 * offset  bytes  what
 *      0      4  'A' 'N' 'P' '1'
 *      4      4  CRC32C of the rest of this header
 *      8      2  version, 1
 *     10      2  0
 *     12      4  length of the whole frame
 *     16      8  hash of the cluster's name
 *     24      8  number of the frame, of the sender's choice
 *     32      4  where in the frame this part lies
 *     36      .  the part, to the end of the Aeron message
 * </pre>
 *
 * <p>Nothing here knows Aeron, clocks or threads: bytes in, bytes out. All classes belong to one thread.
 */
package io.annulus.transport.frame;
