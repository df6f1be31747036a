package io.annulus.storage.testkit;

import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.OutputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A disk in memory that forgets what was not synced when the power is cut, and can be cut after a number of changes. */
public final class MemoryDisk {

    /** Content of a file: what was written, and what of it would survive. */
    private static final class Node {
        private byte[] written = new byte[0];
        private byte[] durable = new byte[0];
    }

    private final Map<String, Node> current = new TreeMap<>();
    private final Map<String, Node> durable = new TreeMap<>();
    private long changesLeft = Long.MAX_VALUE;
    private boolean failSyncs;
    private long usableBytes = Long.MAX_VALUE;
    private Optional<Error> nextError = Optional.empty();
    private long changes;

    /** The top directory. */
    public Directory root() {
        return new MemoryDirectory("");
    }

    /** Number of changes so far. */
    public long changes() {
        return changes;
    }

    /** Every change after so many more fails, as if the power had gone. */
    public void cutAfter(long more) {
        changesLeft = more;
    }

    /** Lets syncs fail from now on. */
    public void failSyncs() {
        failSyncs = true;
    }

    /** The next change throws this, and has no effect. */
    public void throwOnce(Error error) {
        nextError = Optional.of(error);
    }

    /** Bytes that may still be written, as far as the disk says. */
    public void setUsableBytes(long bytes) {
        usableBytes = bytes;
    }

    /** What is there after a power cut: synced content, and of unsynced bytes behind it a random prefix. */
    public MemoryDisk afterPowerCut(Random random) {
        MemoryDisk next = new MemoryDisk();
        durable.forEach((path, node) -> {
            int more = Math.max(0, node.written.length - node.durable.length);
            Node survivor = new Node();
            survivor.written = Arrays.copyOf(node.durable, node.durable.length);
            if (more > 0 && random.nextBoolean()) {
                int length = node.durable.length + random.nextInt(more + 1);
                survivor.written = Arrays.copyOf(node.written, length);
            }
            survivor.durable = survivor.written.clone();
            next.current.put(path, survivor);
            next.durable.put(path, survivor);
        });
        return next;
    }

    /** Names of all files. */
    public List<String> files() {
        return List.copyOf(current.keySet());
    }

    /** The bytes of a file, to be damaged. */
    public byte[] bytes(String path) {
        return current.get(path).written;
    }

    /** Replaces the bytes of a file. */
    public void setBytes(String path, byte[] bytes) {
        current.get(path).written = bytes;
    }

    private void change() throws IOException {
        if (changesLeft == 0) {
            throw new IOException("the power is off");
        }
        if (nextError.isPresent()) {
            Error error = nextError.get();
            nextError = Optional.empty();
            throw error;
        }
        changesLeft--;
        changes++;
    }

    private void sync() throws IOException {
        change();
        if (failSyncs) {
            throw new IOException("input/output error");
        }
    }

    private final class MemoryDirectory implements Directory {

        private final String prefix;

        private MemoryDirectory(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public String path() {
            return "memory/" + prefix;
        }

        @Override
        public List<String> list() {
            return current.keySet().stream()
                    .filter(path -> path.startsWith(prefix))
                    .map(path -> path.substring(prefix.length()))
                    .map(path -> path.contains("/") ? path.substring(0, path.indexOf('/')) : path)
                    .distinct()
                    .toList();
        }

        @Override
        public Directory sub(String name) {
            return new MemoryDirectory(prefix + name + "/");
        }

        @Override
        public void make() throws IOException {
            change();
        }

        @Override
        public OutputFile create(String name) throws IOException {
            change();
            Node node = new Node();
            if (current.putIfAbsent(prefix + name, node) != null) {
                throw new FileAlreadyExistsException(prefix + name);
            }
            return new MemoryOutput(node);
        }

        @Override
        public InputFile open(String name) throws IOException {
            return new MemoryInput(name, node(name));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            change();
            Node node = node(from);
            current.remove(prefix + from);
            current.put(prefix + to, node);
        }

        @Override
        public void delete(String name) throws IOException {
            change();
            current.remove(prefix + name);
        }

        @Override
        public void rewriteFile(String name) throws IOException {
            MemoryDisk.this.sync();
            Node node = node(name);
            node.durable = node.written.clone();
        }

        @Override
        public void sync() throws IOException {
            MemoryDisk.this.sync();
            durable.keySet().removeIf(path -> mine(path) && !current.containsKey(path));
            current.forEach((path, node) -> {
                if (mine(path)) {
                    durable.put(path, node);
                }
            });
        }

        @Override
        public long usableBytes() {
            return usableBytes;
        }

        private boolean mine(String path) {
            return path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0;
        }

        private Node node(String name) throws IOException {
            Node node = current.get(prefix + name);
            if (node == null) {
                throw new NoSuchFileException(prefix + name);
            }
            return node;
        }
    }

    private final class MemoryOutput implements OutputFile {

        private final Node node;

        private MemoryOutput(Node node) {
            this.node = node;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            change();
            int length = node.written.length;
            int more = bytes.remaining();
            node.written = Arrays.copyOf(node.written, length + more);
            bytes.get(node.written, length, more);
        }

        @Override
        public void sync() throws IOException {
            MemoryDisk.this.sync();
            node.durable = node.written.clone();
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private record MemoryInput(String name, Node node) implements InputFile {

        @Override
        public long size() {
            return node.written.length;
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            if (position < 0 || position + target.remaining() > node.written.length) {
                throw new EOFException("file " + name + " ends at " + node.written.length);
            }
            target.put(node.written, (int) position, target.remaining());
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
