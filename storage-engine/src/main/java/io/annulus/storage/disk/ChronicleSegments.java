package io.annulus.storage.disk;

import io.annulus.storage.file.Directory;
import io.annulus.storage.log.LogSegment;
import io.annulus.storage.log.SegmentType;
import java.nio.file.Path;

/**
 * Segments that are Chronicle queues.
 *
 * @param syncer makes what was written durable
 */
record ChronicleSegments(Syncer syncer) implements SegmentType {

    /** Ends the names of the files of a queue. */
    static final String SUFFIX = ".cq4";

    /** A quarter of a block of 64 MiB is what an excerpt may take, less something for its header. */
    private static final int MAX_BATCH_BYTES = (16 << 20) - (64 << 10);

    @Override
    public int maxBatchBytes() {
        return MAX_BATCH_BYTES;
    }

    @Override
    public String suffix() {
        return SUFFIX;
    }

    @Override
    public LogSegment begin(Directory folder) {
        return new ChronicleSegment(Path.of(folder.path()), syncer, System::currentTimeMillis);
    }
}
