/**
 * The commit log: numbered segments of framed records, and the reader that tells a torn tail from damage.
 *
 * <p>A frame, all numbers big-endian (format version 2):
 *
 * <pre>
 * offset  bytes  content
 * 0       4      magic "ANL2"
 * 4       4      n, length of the whole frame
 * 8       4      CRC32C over 8 log id, 8 segment number, and all bytes of the frame but these four
 * 12      8      s, sequence: one more than that of the frame before, over all segments
 * 20      4      place of the frame in its segment, from 0
 * 24      4      u, at least 1: when this frame was written, all frames up to sequence s - u were known to be synced
 * 28      1      kind: 0 table, 1 record, 2 removal, 3 clean end, 4 nothing but what every frame says,
 *                5 record in the value file beside the segment
 * 29      4      number of the table
 * 33      8      token, upper half
 * 41      8      token, lower half
 * 49      4      k, length of the key
 * 53      k      the key; for kind 0 the name of the table
 * 53+k    n-53-k the record; for kind 5 the pointer to it ({@link io.annulus.storage.value})
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
