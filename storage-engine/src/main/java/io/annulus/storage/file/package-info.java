/**
 * The seam to the disk: one directory of files that are written once, synced and then read at any place.
 *
 * <p>Small files that are replaced as a whole (manifest, identity, values of the node) share one format, all numbers
 * big-endian:
 *
 * <pre>
 * offset  bytes  content
 * 0       4      magic "ANNF"
 * 4       4      n, length of the content
 * 8       n      the content
 * 8+n     4      CRC32C over the file's name and all bytes before
 * </pre>
 *
 * <p>They are written to NAME.tmp, synced, renamed, and the directory is synced: after a crash the old or the new content is
 * there.
 */
package io.annulus.storage.file;
