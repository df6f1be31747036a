package io.annulus.storage.log;

/**
 * What was read of a segment.
 *
 * @param segment its number
 * @param frames number of intact frames
 * @param firstSequence of the first frame, 0 when there is none
 * @param lastSequence of the last frame, 0 when there is none
 * @param torn whether an unfinished, unacknowledged batch was left out
 * @param ended whether it ends with the mark of a clean close
 */
public record SegmentSummary(
        long segment, long frames, long firstSequence, long lastSequence, boolean torn, boolean ended) {}
