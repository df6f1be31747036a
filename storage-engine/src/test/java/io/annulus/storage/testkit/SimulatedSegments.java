package io.annulus.storage.testkit;

import io.annulus.storage.file.Directory;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.log.LogSegment;
import io.annulus.storage.log.SegmentFolders;
import io.annulus.storage.log.SegmentType;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Segments of one plain file each; four zero bytes lie between batches, as the headers of a queue do. */
public final class SimulatedSegments implements SegmentType {

    /** Ends the names of the files. */
    public static final String SUFFIX = ".segment";

    private static final String FILE = "0" + SUFFIX;
    private static final int GAP_BYTES = 4;
    private static final int MAX_BATCH_BYTES = 16 << 20;

    /** The commit log of a data directory. */
    public static CommitLog log(Directory root) {
        return new SegmentFolders(root, new SimulatedSegments());
    }

    /** Path of the file of a segment. */
    public static String path(long segment) {
        String digits = Long.toString(segment);
        return "log/" + "0".repeat(10 - digits.length()) + digits + "/" + FILE;
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
        OutputFile file = folder.create(FILE);
        return new LogSegment() {

            private boolean isNamed;

            @Override
            public void append(byte[] batch, int length) throws IOException {
                file.write(ByteBuffer.allocate(GAP_BYTES));
                file.write(ByteBuffer.wrap(batch, 0, length));
            }

            /** As a queue's: with the first batch the file's name. */
            @Override
            public void sync() throws IOException {
                file.sync();
                if (!isNamed) {
                    folder.sync();
                    isNamed = true;
                }
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
