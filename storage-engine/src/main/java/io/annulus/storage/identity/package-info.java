/**
 * Who a data directory is, and whether it may go on naming versions under the origin it had.
 *
 * <p>The file "identity" is a {@link io.annulus.storage.file.CheckedFile}. Content, all numbers big-endian; texts are 4 + n
 * bytes of UTF-8:
 *
 * <pre>
 * 4 format version of the whole directory (2), text node name, 8 store id, 8 origin, 8 generation, 8 log id,
 * 1 clean flag (0 or 1), text inode and time of the last change of the file "lock", text boot id of the machine
 * </pre>
 *
 * <p>Version 1 has no log id: it is the store id.
 *
 * <p>An origin is continued only if the directory was closed cleanly, its lock file was not touched since (every opening,
 * copy, link or restore does) and the machine was not restarted; a copied, restored or crashed directory goes on under a new
 * one, so that no dot is issued twice. A store id is continued only if the lock file was not touched since, whether the
 * directory was closed cleanly or not: a copied or restored one goes on under a new one, since what was acknowledged after
 * the copy was taken may be missing. With the file "latest" in it, which is consumed, it has its first one again. The log id
 * is the first store id, and stays, so that the log can be read.
 *
 * <p>The file "synced" is empty. It is there as long as no sync of the log failed ({@link
 * io.annulus.storage.identity.SyncMark}); a reader may leave it aside.
 */
package io.annulus.storage.identity;
