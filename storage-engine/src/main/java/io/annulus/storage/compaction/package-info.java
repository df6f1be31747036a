/**
 * Compaction: which sorted tables to merge, the merge, and where it is cut into shards.
 *
 * <p>Of any two sorted tables of a table that share tokens, the newer one comes first in its list ({@link
 * io.annulus.storage.compaction.AgeOrder}); tables that share none are in no order. On an arc of the circle they are laid in runs, each
 * table in the run below the deepest newer one that it overlaps, and only neighbouring runs are merged, so that the order stays.
 * {@link io.annulus.storage.compaction.UnifiedStrategy} chooses them by density levels, {@link
 * io.annulus.storage.compaction.ShardCuts} says where the result is cut, {@link io.annulus.storage.compaction.Purge} what is left out.
 *
 * <p>All but {@link io.annulus.storage.compaction.Compaction} is pure. A merge reads and writes files, one step after the other, on the
 * compaction threads.
 */
package io.annulus.storage.compaction;
