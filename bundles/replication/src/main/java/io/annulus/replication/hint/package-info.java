/**
 * Hints: records kept on disk for owners that did not take them, and brought to them when they are back.
 *
 * <p>Replay is safe at any age and in any order, since records join. The bound on their number is a bound on space: a hint that
 * is dropped costs nothing but a later repair. Hints of one key join into one. They are counted once in a life, and again when
 * the joined ones may be what fills the bound, so that the bound holds over restarts and a busy key does not use it up.
 *
 * <p>A hint is an entry of the store's own table {@code _hints}, sorted by owner. Its token's upper half is a hash of the
 * owner's name, its lower half the upper half of the key's own token; its key is
 *
 * <pre>
 * offset  size  field
 * 0       1     format, 1
 * 1       1     length o of the owner's name in bytes
 * 2       o     owner's name, UTF-8
 * 2+o     1     length k of the keyspace's name in bytes
 * 3+o     k     keyspace's name, UTF-8
 * 3+o+k   rest  the key
 * </pre>
 *
 * and its record is the record, as its coordinator encoded it.
 */
package io.annulus.replication.hint;
