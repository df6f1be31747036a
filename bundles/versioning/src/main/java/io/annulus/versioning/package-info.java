/**
 * Records of versions, their join, and the supply of dots.
 *
 * <p>All of it is pure but {@link io.annulus.versioning.DotSource}, which belongs to the event loop. A record has seen a set
 * of dots, its context: a version vector, whose entry {@code origin: n} stands for all dots of that origin up to n that
 * were ever given to this key, and a cloud of single dots above it. The live values, the siblings, are dots of the context
 * with a value; a dot of the context without one was overwritten or deleted. The join keeps a sibling that both have, or
 * that one has and the other has not seen; the contexts are united (Almeida, Baquero et al., "Scalable and Accurate
 * Causality Tracking for Eventually Consistent Stores", 2014, and "Delta State Replicated Data Types", 2018).
 *
 * <p>Equal content has equal bytes: vectors, clouds and siblings are sorted by (unsigned origin, sequence), a dot that the
 * vector covers or that follows its entry directly is never in the cloud. All numbers are little endian.
 *
 * <pre>
 * causal record                              last-write-wins record
 *   0  u8  format, 1                           0  u8  format, 1
 *   1  u8  kind, 1                             1  u8  kind, 2
 *   2  i64 greatest timestamp ever joined      2  u8  0 a value, 1 a tombstone
 *  10  i32 V, entries of the vector            3  i64 timestamp
 *  14  i32 C, dots of the cloud               11  i64 origin
 *  18  i32 S, siblings                        19  i64 sequence
 *  22  V * (i64 origin, i64 sequence)         27  i64 expiry in wall milliseconds, 0 for never
 *   .  C * (i64 origin, i64 sequence)         35  i32 L, bytes of the value, 0 for a tombstone
 *   .  S * (i64 origin, i64 sequence,         39  L   the value
 *           i64 timestamp, i64 expiry,          .  u32 CRC32C of all before
 *           i32 bytes of the value)
 *   .  the values, in order of the siblings
 *   .  u32 CRC32C of all before
 *
 * context of a client (none at all for a blind put)
 *   0  u8  format, 1
 *   1  i32 V     5  i32 C     9  V * (i64, i64), C * (i64, i64)     .  u32 CRC32C of all before
 *
 * value "dots" of the system store
 *   0  u8  format, 2     1  i64 origin of the store     9  i64 origin issued of     17  i64 reserved up to
 *  25  u32 CRC32C of all before; format 1, which is still read, lacks the origin issued of
 * </pre>
 *
 * <p>V, C and S are at most 65,536.
 */
package io.annulus.versioning;
