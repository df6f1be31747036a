package io.annulus.storage.log;

/**
 * What was read of a segment.
 *
 * @param segment its number
 * @param frames number of intact frames
 * @param firstSequence of the first frame, 0 when there is none
 * @param lastSequence of the last frame, 0 when there is none
 * @param torn whether frames were left out that were never synced
 * @param ended whether it ends with the mark of a clean close
 * @param endOffset where the last intact frame of its last file ends, whether it was left out or not
 */
public record SegmentSummary(
        long segment,
        long frames,
        long firstSequence,
        long lastSequence,
        boolean torn,
        boolean ended,
        long endOffset) {}
