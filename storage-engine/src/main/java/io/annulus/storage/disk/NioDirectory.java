package io.annulus.storage.disk;

import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A directory of the file system. */
final class NioDirectory implements Directory {

    private static final int CHUNK_BYTES = 64 << 10;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(CHUNK_BYTES).asReadOnlyBuffer();

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
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (IOException e) {
            throw Scarcity.of(e);
        }
        names.sort(null);
        return names;
    }

    @Override
    public boolean isDirectory(String name) {
        return Files.isDirectory(path.resolve(name));
    }

    @Override
    public Directory sub(String name) {
        return new NioDirectory(path.resolve(name), syncer);
    }

    @Override
    public void make() throws IOException {
        if (!Files.isDirectory(path)) {
            createDirectory();
            try {
                syncDirectory(path.toAbsolutePath().getParent(), syncer);
            } catch (IOException e) {
                // Else the next try would take it for synced.
                Files.delete(path);
                throw Scarcity.of(e);
            }
        }
    }

    private void createDirectory() throws IOException {
        try {
            Files.createDirectory(path);
        } catch (IOException e) {
            throw Scarcity.of(e);
        }
    }

    @Override
    public OutputFile create(String name) throws IOException {
        Path file = path.resolve(name);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new NioOutput(file, channel, syncer);
        } catch (IOException e) {
            throw Scarcity.of(e);
        }
    }

    @Override
    public InputFile open(String name) throws IOException {
        return new NioInput(path.resolve(name));
    }

    @Override
    public void link(String name, Directory other) throws IOException {
        try {
            Files.createLink(Path.of(other.path()).resolve(name), path.resolve(name));
        } catch (IOException e) {
            throw Scarcity.of(e);
        } catch (UnsupportedOperationException e) {
            throw new IOException("the file system of " + path + " knows no hard links", e);
        }
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
        try (FileChannel channel = FileChannel.open(path.resolve(name), StandardOpenOption.READ)) {
            syncer.sync(channel);
        }
    }

    @Override
    public void rewriteFile(String name) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
            long position = 0;
            while (channel.read(chunk.clear(), position) > 0) {
                int length = chunk.flip().limit();
                if (chunk.mismatch(ZEROS.slice(0, length)) >= 0) {
                    writeAll(channel, chunk, position);
                }
                position += length;
            }
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

    /** Makes a directory and those around it, and the names of all that were made durable. */
    static void makeAll(Path directory, Syncer syncer) throws IOException {
        List<Path> missing = new ArrayList<>();
        for (Path at = directory; !Files.isDirectory(at); at = at.getParent()) {
            missing.add(at);
        }
        Files.createDirectories(directory);
        for (Path made : missing) {
            syncDirectory(made.getParent(), syncer);
        }
    }

    static void syncDirectory(Path directory, Syncer syncer) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            syncer.sync(channel);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private record NioOutput(Path file, FileChannel channel, Syncer syncer) implements OutputFile {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw Scarcity.ofWrite(e, bytes.remaining(), file.toFile().getUsableSpace());
            }
        }

        /** A disk that gives blocks late may be found full only here; the file is of no use then. */
        @Override
        public void sync() throws IOException {
            try {
                syncer.sync(channel);
            } catch (IOException e) {
                throw Scarcity.of(e);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
