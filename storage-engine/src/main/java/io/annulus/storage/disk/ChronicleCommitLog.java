package io.annulus.storage.disk;

import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.log.LogSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A commit log of one Chronicle queue for each segment, in a directory named by its number. */
final class ChronicleCommitLog implements CommitLog {

    private static final String DIRECTORY = "log";
    private static final String SUFFIX = ".cq4";
    private static final int DIGITS = 10;

    /** A quarter of a block of 64 MiB is what an excerpt may take, less something for its header. */
    private static final int MAX_BATCH_BYTES = (16 << 20) - (64 << 10);

    private final Path path;
    private final Directory directory;
    private final Syncer syncer;

    ChronicleCommitLog(Path root, Syncer syncer) {
        this.path = root.resolve(DIRECTORY);
        this.directory = new NioDirectory(path, syncer);
        this.syncer = syncer;
    }

    @Override
    public int maxBatchBytes() {
        return MAX_BATCH_BYTES;
    }

    @Override
    public List<Long> segments() throws IOException {
        return directory.list().stream()
                .filter(name -> name.matches("[0-9]{" + DIGITS + "}"))
                .map(Long::valueOf)
                .toList();
    }

    @Override
    public String path(long segment) {
        return path.resolve(name(segment)).toString();
    }

    @Override
    public List<InputFile> open(long segment) throws IOException {
        Directory files = directory.sub(name(segment));
        List<InputFile> opened = new ArrayList<>();
        for (String name : queueFiles(files)) {
            opened.add(files.open(name));
        }
        return opened;
    }

    @Override
    public void sync(long segment) throws IOException {
        Directory files = directory.sub(name(segment));
        for (String name : queueFiles(files)) {
            files.rewriteFile(name);
        }
        files.sync();
        directory.sync();
    }

    @Override
    public LogSegment create(long segment) throws IOException {
        directory.make();
        Directory files = directory.sub(name(segment));
        if (!files.list().isEmpty()) {
            throw new IOException("log segment " + files.path() + " exists already");
        }
        files.make();
        return new ChronicleSegment(path.resolve(name(segment)), syncer, System::currentTimeMillis);
    }

    @Override
    public void remove(long segment) throws IOException {
        Directory files = directory.sub(name(segment));
        for (String name : files.list()) {
            files.delete(name);
        }
        directory.delete(name(segment));
        directory.sync();
    }

    static boolean isQueueFile(String name) {
        return name.endsWith(SUFFIX);
    }

    private static List<String> queueFiles(Directory files) throws IOException {
        return files.list().stream().filter(ChronicleCommitLog::isQueueFile).toList();
    }

    private static String name(long segment) {
        String digits = Long.toString(segment);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }
}
