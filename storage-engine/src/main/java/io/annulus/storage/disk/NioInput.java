package io.annulus.storage.disk;

import io.annulus.storage.file.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the file system. Java closes a channel under all threads when one of them is interrupted at it; then it is opened
 * again, so that nobody but the interrupted thread notices, and that one by its flag alone.
 */
final class NioInput implements InputFile {

    private final Path path;

    /** Replaced under the lock by the thread that meets it closed; read by all. */
    private volatile FileChannel channel;

    /** Guarded by this. */
    private boolean closed;

    NioInput(Path path) throws IOException {
        this.path = path;
        this.channel = opened(path);
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public long size() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel used = channel;
                try {
                    return used.size();
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(used, e);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        boolean interrupted = false;
        int begin = target.position();
        try {
            while (target.hasRemaining()) {
                FileChannel used = channel;
                try {
                    long at = position + target.position() - begin;
                    if (used.read(target, at) < 0) {
                        throw new EOFException("file " + name() + " ends at " + at);
                    }
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(used, e);
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }

    private synchronized void reopen(FileChannel used, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw cause;
        }
        if (channel == used) {
            channel = opened(path);
        }
    }

    private static FileChannel opened(Path path) throws IOException {
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException e) {
            throw Scarcity.of(e);
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
