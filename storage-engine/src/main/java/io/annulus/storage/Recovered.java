package io.annulus.storage;

import io.annulus.storage.log.SegmentSummary;
import io.annulus.storage.manifest.Manifest;
import java.util.List;
import java.util.Map;

/**
 * What a data directory holds, read before anything in it is changed.
 *
 * @param logId what the segments of its log are bound to
 * @param manifest its sorted tables
 * @param tables by number: what the log holds beyond them
 * @param segments by number: what each segment holds beyond the sorted tables
 * @param summaries of all segments, ascending
 * @param lastSegment greatest number of a segment that holds anything, or did
 * @param lastSequence greatest sequence that was given to a record
 */
public record Recovered(
        long logId,
        Manifest manifest,
        Map<Integer, TableTail> tables,
        Map<Long, SegmentUse> segments,
        List<SegmentSummary> summaries,
        long lastSegment,
        long lastSequence) {

    /** One line for the log. */
    public String describe() {
        long records = tables.values().stream()
                .mapToLong(tail -> tail.records().count())
                .sum();
        long torn = summaries.stream().filter(SegmentSummary::torn).count();
        return tables.size() + " tables, " + records + " records replayed from " + summaries.size() + " log segments, "
                + torn + " of them with an unfinished batch that was left out";
    }

    /**
     * What the log alone holds of a table.
     *
     * @param name of the table
     * @param records handed over
     */
    record TableTail(String name, ReplayedTable records) {}

    /**
     * Why a segment is still needed.
     *
     * @param tables by number of table: the last sequence of it in the segment
     * @param bytes about how many there are
     */
    record SegmentUse(Map<Integer, Long> tables, long bytes) {}
}
