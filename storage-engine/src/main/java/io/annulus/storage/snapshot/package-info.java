/**
 * Snapshots: folders in "snapshots" of a data directory, each a data directory of its own but for the lock.
 *
 * <p>Sorted tables and values of the node are hard links to the files of the store, which are never written again; manifest,
 * identity and closed log segments are copies. The folder is built under NAME.tmp, synced, and renamed: what ends in ".tmp" is
 * removed at the next start. A folder that is to be deleted is renamed to NAME.tmp first.
 *
 * <p>The file "snapshot" is a {@link io.annulus.storage.file.CheckedFile} that lists all others. In a data directory it marks a
 * copy of a snapshot that was not opened yet: the files are checked against it, the directory gets another store id and
 * origin, and the file is removed. Content, all numbers big-endian; texts are 4 + n bytes of UTF-8:
 *
 * <pre>
 * 4 version 1, 4 format version of the data directory, text name of the snapshot, 8 last log sequence, 4 number of files;
 * for each: text path with '/' between names, 8 size
 * </pre>
 */
package io.annulus.storage.snapshot;
