/**
 * Sorted tables: immutable files of entries in order of (token, key), each written once, synced, and then only read.
 *
 * <p>A file of the folder "sstables", named by its number in ten digits and ".sst", all numbers big-endian; every byte is
 * covered by one CRC32C, and every CRC32C covers 8 the file's number and 8 the offset of what it checks before its bytes, so
 * that bytes of another file or place do not pass:
 *
 * <pre>
 * data      blocks behind each other; the index keeps the CRC of each
 * index     4 number of blocks; for each: 4 length, 4 CRC, 16 first token, 4 length of a key, the key
 * filter    4 number of 64-byte lines; the lines
 * metadata  8 file number, 4 table number, 4 + n table name, 8 entries, 8 removals, 8 first and 8 last log sequence,
 *           8 greatest rank of a record, 4 number of value files it points to; for each: 8 number, 8 bytes pointed to, 8 end of the last of them
 * footer    4 magic "ANS1", 4 version 4; for index, filter and metadata each: 8 offset, 4 length, 4 CRC; 4 CRC of the footer
 *
 * block     1 codec (0 plain, 1 one LZ4 block, 2 one Zstandard frame, RFC 8878), 4 length of the plain bytes, the bytes
 * bytes     1 to 254 entries behind each other, to the end
 * entry     1 kind, v length of key, v length of record, token, key, record. The kind is 16 more where a pointer of 24 bytes
 *           lies in place of the record, which is in a value file ({@link io.annulus.storage.value}). It is 128 more where 16
 *           token are there; elsewhere it is that of the key: MurmurHash3 x64 128 with seed 0
 *           ({@link io.annulus.api.ring.Token#of}). v is a number of seven bits a byte, lowest first, the top bit set in all
 *           but its last byte
 * </pre>
 *
 * <p>The kind of an entry is 0 for a record that joins with what older files hold of its key, 1 for a record that hides it (it
 * was appended after a removal), 2 for a removal, whose record is empty.
 *
 * <p>Blocks lie behind each other from offset 0 on, so the index keeps lengths only. It keeps the first key of a block only
 * where the block before ends within the same token; else the key is empty, and the token alone separates the two.
 *
 * <p>The filter has seven bits for each token, in one line. Let mix be the finaliser of MurmurHash3 (64 bits), and all sums
 * and products be modulo 2^64: the line is the upper half of mix(high + low * 9e3779b97f4a7c15), times the number of lines,
 * divided by 2^32; the bits are the seven lowest groups of nine bits of mix(low xor (high rotated left by 23)). Bit b of a
 * line is the bit of value 2^(b mod 64) in the word number b / 64 of its eight words.
 *
 * <p>The greatest rank is a signed number that no record of the file exceeds ({@link io.annulus.api.version.RecordJoin#rank}), and
 * the greatest signed number where an entry is no record, or a record may have none.
 *
 * <p>Version 1 had blocks of 16 KiB, version 2 no value files, version 3 no ranks, the token of each entry, lengths of four
 * bytes, and the table of a block ({@link io.annulus.storage.sstable.BlockTable}) on the disk; none was released, and all are refused.
 *
 * <p>Index and filter are held in memory. A block of about 4 KiB is read, checked and unpacked for a lookup that the filter
 * lets through, unless the {@link io.annulus.storage.cache.BlockCache} holds it; walks read past the cache. Threads: a
 * writer has one; a table may be read by any number, and is closed, leaves the cache, and is deleted when it was replaced,
 * once its owner and all readers have released it. A cached block needs no hold, and lies in memory that is used again
 * (docs/decisions/0025-cached-blocks-lie-in-slabs.md).
 */
package io.annulus.storage.sstable;
