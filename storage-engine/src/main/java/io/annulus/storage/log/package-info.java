/**
 * The commit log: numbered segments of framed records, and the reader that tells a torn tail from damage.
 *
 * <p>A frame (format version 3); v is a number of seven bits a byte, lowest first, the top bit set in all but its last byte; all
 * other numbers are big-endian:
 *
 * <pre>
 * bytes   content
 * 4       magic "ANL3"
 * 4       CRC32C over 8 log id, 8 segment number, and all bytes of the frame behind these four
 * 1       kind: 0 table, 1 record, 2 removal, 3 clean end, 4 nothing but what every frame says,
 *         5 record in the value file beside the segment; 128 more when the token is there
 * v       s, sequence: one more than that of the frame before, over all segments
 * v       place of the frame in its segment, from 0
 * v       u, at least 1: when this frame was written, all frames up to sequence s - u were known to be synced
 * v       number of the table
 * v       k, length of the key
 * v       r, length of the record
 * 0 or 16 token; where it is not there, it is that of the key: MurmurHash3 x64 128 with seed 0 ({@link Token#of})
 * k       the key; for kind 0 the name of the table
 * r       the record; for kind 5 the pointer to it ({@link io.annulus.storage.value})
 * </pre>
 *
 * <p>A segment is the folder of its number (ten digits) in the folder "log"; its frames lie in the one file there whose name
 * ends with ".cq4". A record joins with what older frames and the sorted tables hold of its key, a removal hides it; frames up
 * to the flushed sequence of their table ({@link io.annulus.storage.manifest}) are in its sorted tables already. The log id is
 * in the file "identity".
 *
 * <p>Every segment defines the tables that it names (kind 0) before their first record. Frames follow each other in the order of
 * their sequences; between them may lie whatever the queue puts there, and zeros, which the reader skips by looking for the next
 * frame. Where a frame is missing or does not pass, an intact frame of sequence s and u that comes later proves that all up to
 * s - u had been synced: if the missing one is among those, that is damage, and refused. Otherwise the log ends before the
 * missing one: what follows it, in this segment and in later ones, was never synced and is left out. A frame of kind 5 whose value
 * is not intact counts as one that does not pass: value and frame are synced before either is taken for synced.
 */
package io.annulus.storage.log;

import io.annulus.api.ring.Token;
