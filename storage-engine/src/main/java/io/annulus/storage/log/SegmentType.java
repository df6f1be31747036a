package io.annulus.storage.log;

import io.annulus.storage.file.Directory;
import java.io.IOException;

/** How the files of a segment are written. */
public interface SegmentType {

    /** Largest batch in bytes that a segment takes. */
    int maxBatchBytes();

    /** Ends the names of files that hold batches. */
    String suffix();

    /** Begins a segment in an empty folder. */
    LogSegment begin(Directory folder) throws IOException;
}
