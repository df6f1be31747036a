package io.annulus.storage.log;

import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.ScarceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A commit log of one folder for each segment, named by its number, in the folder "log" of a data directory. */
public final class SegmentFolders implements CommitLog {

    private static final String DIRECTORY = "log";
    private static final int DIGITS = 10;

    private final Directory directory;
    private final SegmentType type;

    /** The segment that could not be begun for want of something, and may have left files; of who makes segments. */
    private long failed;

    /** The log of a data directory. */
    public SegmentFolders(Directory root, SegmentType type) {
        this.directory = root.sub(DIRECTORY);
        this.type = type;
    }

    @Override
    public int maxBatchBytes() {
        return type.maxBatchBytes();
    }

    @Override
    public List<Long> segments() throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String name : directory.list()) {
            if (isNumber(name)) {
                numbers.add(Long.valueOf(name));
            }
        }
        return numbers;
    }

    @Override
    public String path(long segment) {
        return folder(segment).path();
    }

    @Override
    public List<InputFile> open(long segment) throws IOException {
        Directory folder = folder(segment);
        List<InputFile> opened = new ArrayList<>();
        for (String name : files(folder)) {
            opened.add(folder.open(name));
        }
        return opened;
    }

    @Override
    public void sync(long segment) throws IOException {
        Directory folder = folder(segment);
        for (String name : files(folder)) {
            folder.syncFile(name);
        }
        folder.sync();
        directory.sync();
    }

    @Override
    public void rewrite(long segment) throws IOException {
        Directory folder = folder(segment);
        for (String name : files(folder)) {
            folder.rewriteFile(name);
        }
        folder.sync();
        directory.sync();
    }

    @Override
    public LogSegment create(long segment) throws IOException {
        directory.make();
        Directory folder = folder(segment);
        if (segment == failed) {
            // Not synced, which may lack a descriptor too: what comes back with a power cut is empty.
            delete(segment);
            failed = 0;
        }
        if (!folder.list().isEmpty()) {
            throw new IOException("log segment " + folder.path() + " exists already");
        }
        try {
            folder.make();
            return type.begin(folder);
        } catch (ScarceException e) {
            failed = segment;
            throw e;
        }
    }

    @Override
    public void remove(long segment) throws IOException {
        delete(segment);
        directory.sync();
    }

    private void delete(long segment) throws IOException {
        Directory folder = folder(segment);
        for (String name : folder.list()) {
            folder.delete(name);
        }
        directory.delete(name(segment));
    }

    private List<String> files(Directory folder) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : folder.list()) {
            if (name.endsWith(type.suffix())) {
                names.add(name);
            }
        }
        return names;
    }

    private static boolean isNumber(String name) {
        boolean isNumber = name.length() == DIGITS;
        for (int i = 0; i < name.length(); i++) {
            isNumber &= name.charAt(i) >= '0' && name.charAt(i) <= '9';
        }
        return isNumber;
    }

    private Directory folder(long segment) {
        return directory.sub(name(segment));
    }

    private static String name(long segment) {
        String digits = Long.toString(segment);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }
}
