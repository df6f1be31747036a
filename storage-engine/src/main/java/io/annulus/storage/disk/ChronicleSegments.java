package io.annulus.storage.disk;

import io.annulus.storage.file.Directory;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.log.LogSegment;
import io.annulus.storage.log.SegmentType;
import java.io.IOException;
import java.nio.file.Path;

/** Segments that are Chronicle queues; they are begun on the log thread. */
final class ChronicleSegments implements SegmentType {

    /** Ends the names of the files of a queue. */
    static final String SUFFIX = ".cq4";

    /** A quarter of a block of 64 MiB is what an excerpt may take, less something for its header. */
    static final int MAX_BATCH_BYTES = (16 << 20) - (64 << 10);

    private final Syncer syncer;
    private boolean isPrepared;

    /**
     * The segments of a data directory.
     *
     * @param syncer makes what was written durable
     */
    ChronicleSegments(Syncer syncer) {
        this.syncer = syncer;
    }

    @Override
    public int maxBatchBytes() {
        return MAX_BATCH_BYTES;
    }

    @Override
    public String suffix() {
        return SUFFIX;
    }

    @Override
    public LogSegment begin(Directory folder) throws IOException {
        if (!isPrepared) {
            ChronicleRuntime.prepare();
            isPrepared = true;
        }
        try {
            return new ChronicleSegment(Path.of(folder.path()), syncer, System::currentTimeMillis);
        } catch (IOException | RuntimeException e) {
            if (Scarcity.isLack(e)) {
                throw new ScarceException("cannot begin " + folder.path() + ": " + e.getMessage(), e);
            }
            throw e;
        }
    }
}
