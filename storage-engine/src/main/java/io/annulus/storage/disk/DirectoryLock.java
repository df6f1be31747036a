package io.annulus.storage.disk;

import io.annulus.storage.DirectoryHold;
import io.annulus.storage.StorageOpenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The lock on a data directory; one holder on a machine at a time, and the lock goes with its process.
 *
 * <p>A process loses a lock of POSIX when it closes any file descriptor of the locked file. So a second opener inside this
 * process must not even open the file: holders are noted in the system properties, which all class loaders share.
 */
final class DirectoryLock implements DirectoryHold, AutoCloseable {

    private static final String FILE = "lock";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String HELD = "io.annulus.storage.lock:";

    private final Path file;
    private final FileChannel channel;
    private final String formerKey;

    private DirectoryLock(Path file, FileChannel channel, String formerKey) {
        this.file = file;
        this.channel = channel;
        this.formerKey = formerKey;
    }

    static DirectoryLock take(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve(FILE);
        if (System.getProperties().putIfAbsent(HELD + file, holder()) != null) {
            throw inUse(directory, holder());
        }
        try {
            return taken(file);
        } catch (IOException | RuntimeException e) {
            System.clearProperty(HELD + file);
            throw e;
        }
    }

    /** What {@link #key} was before this lock was taken; taking it alone changes nothing. */
    @Override
    public String formerKey() {
        return formerKey;
    }

    /** Writes the lock file, and syncs it with its times. */
    @Override
    public String renewKey() throws IOException {
        channel.truncate(0).write(ByteBuffer.wrap(holder().getBytes(StandardCharsets.US_ASCII)), 0);
        channel.force(true);
        return key();
    }

    /**
     * Inode and time of the last change of the lock file. Writing, linking or restoring the file changes that time, and
     * nobody can set it back. Empty where the file system has no such things.
     */
    @Override
    public String key() throws IOException {
        return key(file);
    }

    @Override
    public String bootId() throws IOException {
        return Files.isReadable(BOOT_ID)
                ? Files.readString(BOOT_ID, StandardCharsets.US_ASCII).trim()
                : "";
    }

    @Override
    public void close() throws IOException {
        channel.close();
        System.clearProperty(HELD + file);
    }

    private static DirectoryLock taken(Path file) throws IOException {
        String formerKey = Files.exists(file) ? key(file) : "";
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (locked(channel)) {
                return new DirectoryLock(file, channel, formerKey);
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw inUse(file.getParent(), Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    private static String key(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return "";
        }
        Map<String, Object> attributes = Files.readAttributes(file, "unix:ino,ctime");
        return attributes.get("ino") + "-" + ((FileTime) attributes.get("ctime")).to(TimeUnit.NANOSECONDS);
    }

    private static String holder() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static StorageOpenException inUse(Path directory, String holder) {
        return new StorageOpenException("data directory " + directory + " is in use by process " + holder
                + "; stop that process, or give this node a directory of its own");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
