/**
 * The manifest: which sorted tables make up each table, and up to which log sequence they hold its records.
 *
 * <p>The file "manifest" is replaced as a whole ({@link io.annulus.storage.file.CheckedFile}) each time a table is flushed or
 * compacted; only the store thread does so. Content, all numbers big-endian:
 *
 * <pre>
 * 4 version 2, 8 next file number, 8 last log sequence, 8 last log segment,
 * 4 number of tables; for each table:
 *   4 number, 4 + n name, 8 flushed sequence, 4 number of sorted tables, of two that share tokens the newer first; for each:
 *     8 file number, 8 size, 8 entries, 8 removals, 16 first token, 16 last token, 8 first sequence, 8 last sequence,
 *     4 number of value files it points to; for each: 8 number, 8 bytes pointed to, 8 end of the last of them
 * 4 number of damaged ranges; for each:
 *   4 table number, 8 file number, 16 first token, 16 last token, 8 last sequence of the file, 4 + n cause
 * 4 number of healed ranges; for each: 4 table number, 16 first token, 16 last token, 8 sequence
 * </pre>
 *
 * <p>Of a healed range, sorted tables whose last sequence is not greater than its own count for nothing. Version 1 had no
 * such ranges; it was never released, and is refused.
 *
 * <p>Records of a table up to its flushed sequence are in its sorted tables: replay leaves them out, so that a removal which
 * compaction dropped cannot be undone by an old segment.
 */
package io.annulus.storage.manifest;
