/**
 * Which tokens a store cannot answer for, and which it can again: ranges that were found damaged, and ranges that were made
 * good from other replicas.
 *
 * <p>A range is healed by laying new records over it, and by letting all count for nothing there that is not newer than the
 * damage: what the damaged block hid, say by a removal, cannot come back from a table that is older. Age is the last sequence
 * of the log that a sorted table holds, so that a healed range goes on to hold whatever tables are merged. Pure values; any
 * thread.
 */
package io.annulus.storage.quarantine;
