/**
 * The commit log: numbered segments of batches of framed records, and the reader that tells a torn tail from damage.
 *
 * <p>A batch is written at once and synced before the next one is written. A frame, all numbers big-endian:
 *
 * <pre>
 * offset  bytes  content
 * 0       4      magic "ANL1"
 * 4       4      n, length of the whole frame
 * 8       4      CRC32C over log id, segment number and all bytes of the frame but these four
 * 12      8      sequence: one more than that of the frame before, over all segments
 * 20      4      place of the frame in its batch, from 0
 * 24      4      number of the batch in its segment, from 0
 * 28      1      kind: 0 table, 1 record, 2 removal, 3 clean end
 * 29      4      number of the table
 * 33      8      token, upper half
 * 41      8      token, lower half
 * 49      4      k, length of the key
 * 53      k      the key; for kind 0 the name of the table
 * 53+k    n-53-k the record
 * </pre>
 *
 * <p>Every segment defines the tables that it names (kind 0) before their first record. Frames of a batch lie behind each
 * other; between batches lies whatever the queue puts there, which the reader skips by looking for the next frame. Because a
 * batch is written only after the one before was synced, an intact frame of a <em>later</em> batch proves that a missing
 * frame had been synced: that is damage, and refused. Anything else that is missing was never acknowledged: a torn tail.
 */
package io.annulus.storage.log;
