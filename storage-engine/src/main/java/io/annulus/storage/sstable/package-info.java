/**
 * Sorted tables: immutable files of entries in order of (token, key), each written once, synced, and then only read.
 *
 * <p>A file, all numbers big-endian; every byte is covered by one CRC32C, and every CRC32C also covers the file's number and
 * the offset of what it checks, so that bytes of another file or place do not pass:
 *
 * <pre>
 * data      blocks behind each other; the index keeps the CRC of each
 * index     4 number of blocks; for each: 8 offset, 4 length, 4 CRC, 16 first token, 4 length of first key, first key
 * filter    4 number of 64-byte lines; the lines
 * metadata  8 file number, 4 table number, 4 + n table name, 8 entries, 8 removals, 8 first and 8 last log sequence
 * footer    4 magic "ANS1", 4 version 1; for index, filter and metadata each: 8 offset, 4 length, 4 CRC; 4 CRC of the footer
 *
 * block     1 codec (0 plain, 1 LZ4), 4 length of the plain bytes, the bytes
 * entry     16 token, 1 kind, 4 length of key, 4 length of record, key, record
 * </pre>
 *
 * <p>Index and filter are held in memory. A block of about 16 KiB is read and checked for every lookup that the filter lets
 * through. Threads: a writer has one; a table may be read by any number, and is closed, and deleted when it was replaced,
 * once its owner and all readers have released it.
 */
package io.annulus.storage.sstable;
