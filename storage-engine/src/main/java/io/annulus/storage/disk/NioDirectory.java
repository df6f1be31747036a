package io.annulus.storage.disk;

import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.OutputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the file system. */
final class NioDirectory implements Directory {

    private final Path path;
    private final Syncer syncer;

    NioDirectory(Path path, Syncer syncer) {
        this.path = path;
        this.syncer = syncer;
    }

    @Override
    public String path() {
        return path.toString();
    }

    @Override
    public List<String> list() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public Directory sub(String name) {
        return new NioDirectory(path.resolve(name), syncer);
    }

    @Override
    public void make() throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectory(path);
            syncDirectory(path.toAbsolutePath().getParent(), syncer);
        }
    }

    @Override
    public OutputFile create(String name) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new NioOutput(channel, syncer);
    }

    @Override
    public InputFile open(String name) throws IOException {
        return new NioInput(name, FileChannel.open(path.resolve(name), StandardOpenOption.READ));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path.resolve(from), path.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    @Override
    public void syncFile(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(path.resolve(name), StandardOpenOption.WRITE)) {
            syncer.sync(channel);
        }
    }

    @Override
    public void sync() throws IOException {
        syncDirectory(path, syncer);
    }

    @Override
    public long usableBytes() {
        // One system call; Files.getFileStore would read the list of mounts each time.
        return path.toFile().getUsableSpace();
    }

    @Override
    public String fileKey(String name) throws IOException {
        Path file = path.resolve(name);
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return unix && Files.exists(file) ? Files.getAttribute(file, "unix:ino").toString() : "";
    }

    static void syncDirectory(Path directory, Syncer syncer) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            syncer.sync(channel);
        }
    }

    private record NioOutput(FileChannel channel, Syncer syncer) implements OutputFile {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void sync() throws IOException {
            syncer.sync(channel);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record NioInput(String name, FileChannel channel) implements InputFile {

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            long at = position;
            while (target.hasRemaining()) {
                int read = channel.read(target, at);
                if (read < 0) {
                    throw new EOFException("file " + name + " ends at " + at);
                }
                at += read;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
