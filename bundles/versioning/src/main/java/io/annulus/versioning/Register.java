package io.annulus.versioning;

/**
 * A last-write-wins record, opened.
 *
 * @param cell the value; of no bytes for a tombstone
 * @param tombstone whether the key is deleted
 */
record Register(Cell cell, boolean tombstone) {

    /** Orders by (timestamp, origin, sequence), all unsigned. */
    int compareTo(Register other) {
        int byTimestamp = Long.compareUnsigned(cell.timestamp(), other.cell.timestamp());
        return byTimestamp != 0 ? byTimestamp : cell.dot().compareTo(other.cell.dot());
    }
}
