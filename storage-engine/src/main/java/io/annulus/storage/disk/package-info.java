/**
 * The engine on a real disk: java.nio, Chronicle Queue, threads, the lock and the machine's identity.
 *
 * <p>Layout of a data directory: "lock", "identity", "manifest", "log/NUMBER/" (one Chronicle queue for each segment),
 * "sstables/NUMBER.sst", "system/NAME".
 *
 * <p>Chronicle only writes. Segments of former lives are read as plain files ({@link
 * io.annulus.storage.log.SegmentReader}) and never opened by Chronicle again, which would repair, overwrite or wait for locks
 * in a damaged queue. Threads: kv-log, kv-store, kv-store-compaction, kv-store-system, kv-store-read-N.
 */
package io.annulus.storage.disk;
