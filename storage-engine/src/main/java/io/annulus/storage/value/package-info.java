/**
 * Value files: large records, each written once, so that compaction moves pointers and not the records (Lu et al., "WiscKey:
 * Separating Keys from Values in SSD-conscious Storage", FAST 2016; collected while runs are merged, as in RocksDB's
 * db/blob).
 *
 * <p>Files are in the folder "values": ten digits and ".val" for the one that was written with the sorted table of that number,
 * "log-" before that, and in pointers and checksums a negative number, for the one beside the log segment of that number. All
 * numbers are big-endian; every byte is covered by a CRC32C which also covers the file's number and the offset of what it
 * checks, 8 bytes each, before its bytes:
 *
 * <pre>
 * header  4 magic "ANV1", 4 version 1, 8 number of the file, 4 CRC32C of the number, the offset 0 and these 16 bytes
 * frames  behind each other from offset 20 on; between them may be parts of frames for which there was no room
 *
 * frame   4 CRC32C over 8 number of the file, 8 offset of the frame, and the frame but these four bytes
 *         4 length of the whole frame, 16 token, 4 k, k key, then the record as a block of a sorted table:
 *         1 codec (0 plain, 1 LZ4, 2 Zstandard), 4 length of the plain bytes, the bytes
 * </pre>
 *
 * <p>An entry of a sorted table whose record lies here holds a pointer in its place (8 file, 8 offset, 4 length and 4 CRC32C of
 * the frame). A read is one read of exactly the frame, checked against pointer, place and checksum; values never go to the
 * block cache.
 *
 * <p>The manifest keeps for each sorted table which value files it points to, with how many bytes, and up to which offset.
 * A file that no table of a synced manifest points to is deleted once the last reader has released the last table that did.
 * Bytes that no table points to are garbage: a merge copies what it meets in files of much garbage, and a run is rewritten for
 * that alone when no other merge comes ({@link io.annulus.storage.value.ValueGarbage}).
 */
package io.annulus.storage.value;
