package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.value.ValueUse;
import java.util.List;

/**
 * What the manifest knows of a sorted table.
 *
 * @param number of the file, unique in the data directory
 * @param table number of the table
 * @param sizeBytes length of the file
 * @param entries number of entries
 * @param removals how many of them are removals
 * @param first token of the first entry
 * @param last token of the last entry
 * @param firstSequence log sequence that no entry is older than
 * @param lastSequence log sequence that no entry is newer than
 * @param values what it points to in value files, by number of the file
 */
public record SSTableInfo(
        long number,
        int table,
        long sizeBytes,
        long entries,
        long removals,
        Token first,
        Token last,
        long firstSequence,
        long lastSequence,
        List<ValueUse> values) {

    /** Ends the names of the files. */
    public static final String SUFFIX = ".sst";

    private static final int DIGITS = 10;

    public SSTableInfo {
        values = List.copyOf(values);
    }

    /** Name of the file. */
    public String fileName() {
        return fileName(number);
    }

    /** Name of the file of a number. */
    public static String fileName(long number) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + SUFFIX;
    }

    /** Whether a token lies between the first and the last. */
    public boolean covers(Token token) {
        return token.compareTo(first) >= 0 && token.compareTo(last) <= 0;
    }

    /** Whether some token of a range lies between the first and the last. */
    public boolean overlaps(Token from, Token to) {
        return to.compareTo(first) >= 0 && from.compareTo(last) <= 0;
    }
}
