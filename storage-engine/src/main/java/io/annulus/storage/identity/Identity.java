package io.annulus.storage.identity;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The content of the identity file. Immutable.
 *
 * @param store who the directory is
 * @param logId what its log segments are bound to: the store id that the directory was made with
 * @param clean whether it was closed cleanly after this was written
 * @param lockKey when this was written: what told the directory from any copy or older state of it; empty where there is no
 *     such thing
 * @param bootId of the machine when it was written; empty where there is no such thing
 */
public record Identity(StoreIdentity store, long logId, boolean clean, String lockKey, String bootId) {

    /** Name of the file. */
    public static final String FILE = "identity";

    /** Name of the file by which an operator says, once, that no newer state of the directory than this one exists. */
    public static final String LATEST = "latest";

    /** Format version of data directories. */
    public static final int FORMAT = 2;

    /** Log segments are bound to the store id. */
    private static final int FORMAT_WITHOUT_LOG_ID = 1;

    public Identity {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(lockKey, "lockKey");
        Objects.requireNonNull(bootId, "bootId");
    }

    /**
     * The identity of a directory; empty when it has none.
     *
     * @throws StorageOpenException when a newer build wrote the directory
     * @throws CorruptDataException when it is damaged
     */
    public static Optional<Identity> read(Directory directory) throws IOException {
        Optional<byte[]> content = CheckedFile.read(directory, FILE);
        try {
            return content.isEmpty() ? Optional.empty() : Optional.of(decode(directory, content.get()));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new CorruptDataException(
                    "file " + FILE + " in " + directory.path() + " passes its checksum and is no identity: " + e, e);
        }
    }

    /**
     * The identity for the next life of a directory. A copy, or an older state that was put back, gets another store id: what
     * the store has acknowledged since may be missing from it, so that it must not answer for it.
     *
     * @param former what the directory said; empty for a new one
     * @param node the node that opens it
     * @param lockKey of the directory now
     * @param bootId of the machine now; without both an origin is never continued
     * @param latest whether an operator says that no newer state exists: then a copy has the store id of its original
     * @param restored whether it is a copy of a snapshot: then it is another store, whatever its key
     * @param random gives random ids
     * @throws StorageOpenException when the directory belongs to another node
     */
    public static Identity next(
            Optional<Identity> former,
            NodeId node,
            String lockKey,
            String bootId,
            boolean latest,
            boolean restored,
            LongSupplier random) {
        if (former.isEmpty()) {
            StoreIdentity store = new StoreIdentity(node, random.getAsLong(), random.getAsLong(), 1);
            return new Identity(store, store.storeId(), false, lockKey, bootId);
        }
        Identity last = former.get();
        StoreIdentity store = last.store;
        last.requireOf(node);
        boolean known = !lockKey.isEmpty() && !bootId.isEmpty();
        boolean continued =
                known && !restored && last.clean && last.lockKey.equals(lockKey) && last.bootId.equals(bootId);
        long origin = continued ? store.origin() : random.getAsLong();
        long storeId = restored || last.isElsewhere(lockKey) ? random.getAsLong() : store.storeId();
        StoreIdentity next = new StoreIdentity(node, latest ? last.logId : storeId, origin, store.generation() + 1);
        return new Identity(next, last.logId, false, lockKey, bootId);
    }

    /**
     * Refuses another node's directory.
     *
     * @throws StorageOpenException when it is one
     */
    public void requireOf(NodeId node) {
        // The names: a young process takes long to learn how to compare records.
        if (!store.node().name().equals(node.name())) {
            throw new StorageOpenException("the data directory belongs to node '" + store.node() + "', not to '" + node
                    + "'; configure the former name, or give this node a directory of its own");
        }
    }

    /** The same, in a directory that has this key from now on. */
    public Identity opened(String key) {
        return new Identity(store, logId, false, key, bootId);
    }

    /** The same, closed cleanly while the directory had this key. */
    public Identity closedCleanly(String key) {
        return new Identity(store, logId, true, key, bootId);
    }

    /** Whether this was written for another directory than the one that has this key, or for a newer state of it. */
    private boolean isElsewhere(String key) {
        return !lockKey.isEmpty() && !lockKey.equals(key);
    }

    /** Replaces the identity file durably. */
    public void write(Directory directory) throws IOException {
        CheckedFile.replace(directory, FILE, encode());
    }

    private byte[] encode() {
        byte[] node = utf8(store.node().name());
        byte[] key = utf8(lockKey);
        byte[] boot = utf8(bootId);
        ByteBuffer to = ByteBuffer.allocate(49 + node.length + key.length + boot.length);
        to.putInt(FORMAT).putInt(node.length).put(node);
        to.putLong(store.storeId())
                .putLong(store.origin())
                .putLong(store.generation())
                .putLong(logId);
        to.put((byte) (clean ? 1 : 0));
        to.putInt(key.length).put(key).putInt(boot.length).put(boot);
        return to.array();
    }

    private static Identity decode(Directory directory, byte[] content) {
        ByteBuffer from = ByteBuffer.wrap(content);
        int format = from.getInt();
        if (format != FORMAT && format != FORMAT_WITHOUT_LOG_ID) {
            throw new StorageOpenException("data directory " + directory.path() + " has format version " + format
                    + ", this build reads versions " + FORMAT_WITHOUT_LOG_ID + " and " + FORMAT
                    + "; start the build that wrote it");
        }
        NodeId node = new NodeId(text(from));
        StoreIdentity store = new StoreIdentity(node, from.getLong(), from.getLong(), from.getLong());
        long logId = format == FORMAT_WITHOUT_LOG_ID ? store.storeId() : from.getLong();
        boolean clean = from.get() == 1;
        return new Identity(store, logId, clean, text(from), text(from));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException("a text of " + length + " bytes in " + from.remaining());
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
