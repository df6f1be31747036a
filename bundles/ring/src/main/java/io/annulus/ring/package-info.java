/**
 * The ring of a cluster: how it is cut, kept and agreed upon.
 *
 * <p>{@link io.annulus.ring.RingBuilder}, {@link io.annulus.ring.EvenRing} and the codec are pure;
 * {@link io.annulus.ring.RingFormation} belongs to the event loop. A ring is persisted before it is used or announced. A
 * ring in the system store (value "ring") is little endian:
 *
 * <pre>
 *   0  u8  format, 1
 *   1  i64 epoch
 *   9  u8  arc bits q
 *  10  i32 members
 *   .  a member: u8 n, n bytes name; u16 n, n bytes host; i32 port; i64 store id; u8 n, n bytes rack; i32 weight
 *   .  2^q * u16 index of the owner of an arc
 *   .  u32 CRC32C of all before
 * </pre>
 *
 * <p>Texts are UTF-8. The hash of a ring is the first half of the token of these bytes.
 */
package io.annulus.ring;
