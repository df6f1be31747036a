/**
 * The log-structured storage engine of one node: tables over one commit log, memtables and sorted tables on disk.
 *
 * <p>Invariants: a record is visible only after the commit log that holds it was synced (visible means durable); the runs of
 * a table (active memtable, frozen memtables, SSTables) are ordered by age and hold disjoint ranges of log sequences; a log
 * segment is removed only after every record in it lies in a synced SSTable that a synced manifest names; after the first
 * failed append or sync nothing is written any more.
 *
 * <p>Threads: callers and completions are on the event loop. Work that blocks runs on the executors of
 * {@link io.annulus.storage.EngineThreads}, each of which runs its tasks one after the other (the reads excepted). This
 * package starts no thread and opens no file: both are handed in, so the same classes run on a simulated disk.
 */
package io.annulus.storage;
