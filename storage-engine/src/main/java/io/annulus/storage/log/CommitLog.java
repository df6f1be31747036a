package io.annulus.storage.log;

import io.annulus.storage.file.InputFile;
import java.io.IOException;
import java.util.List;

/** The segments of the log on disk. Segments are made, removed and synced by one thread at a time. */
public interface CommitLog {

    /** Largest batch in bytes that a segment takes. */
    int maxBatchBytes();

    /** Numbers of the segments, ascending. */
    List<Long> segments() throws IOException;

    /** Where a segment is, for messages. */
    String path(long segment);

    /** Opens the files of a segment for reading, in the order in which they were written; changes nothing. */
    List<InputFile> open(long segment) throws IOException;

    /** Makes what a segment of a former life holds durable. */
    void sync(long segment) throws IOException;

    /** As {@link #sync}, also after a sync that failed: as far as the segment can be read. */
    void rewrite(long segment) throws IOException;

    /** Begins a new segment. */
    LogSegment create(long segment) throws IOException;

    /** Removes a segment durably. */
    void remove(long segment) throws IOException;
}
