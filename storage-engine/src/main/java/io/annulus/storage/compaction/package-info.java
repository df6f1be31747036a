/**
 * Compaction: which neighbouring sorted tables to merge, and the merge.
 *
 * <p>Sorted tables of one table are runs ordered by age, and only neighbours are merged, so that the order stays. Sizes are
 * tiered: a merge takes four or more runs of similar size. A removal is dropped only by a merge that takes in the oldest run,
 * for then nothing older can hold the key: whatever else there is (memtables, newer runs, the log that was not flushed) is
 * newer than the removal. The policy is a pure function; the merge reads and writes files on the compaction thread.
 */
package io.annulus.storage.compaction;
