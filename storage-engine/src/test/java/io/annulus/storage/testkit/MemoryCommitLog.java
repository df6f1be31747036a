package io.annulus.storage.testkit;

import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.log.LogSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A commit log of one plain file for each segment; four zero bytes lie between batches. */
public final class MemoryCommitLog implements CommitLog {

    private final Directory directory;

    public MemoryCommitLog(Directory root) {
        this.directory = root.sub("log");
    }

    @Override
    public int maxBatchBytes() {
        return 1 << 20;
    }

    @Override
    public List<Long> segments() throws IOException {
        return directory.list().stream().map(Long::valueOf).sorted().toList();
    }

    @Override
    public String path(long segment) {
        return directory.path() + segment;
    }

    @Override
    public List<InputFile> open(long segment) throws IOException {
        return List.of(directory.open(Long.toString(segment)));
    }

    @Override
    public void sync(long segment) throws IOException {
        directory.rewriteFile(Long.toString(segment));
        directory.sync();
    }

    @Override
    public LogSegment create(long segment) throws IOException {
        OutputFile file = directory.create(Long.toString(segment));
        directory.sync();
        return new LogSegment() {
            @Override
            public void append(byte[] batch, int length) throws IOException {
                file.write(ByteBuffer.allocate(4));
                file.write(ByteBuffer.wrap(batch, 0, length));
            }

            @Override
            public void sync() throws IOException {
                file.sync();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    @Override
    public void remove(long segment) throws IOException {
        directory.delete(Long.toString(segment));
        directory.sync();
    }
}
