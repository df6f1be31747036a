package io.annulus.replication.hint;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Entry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a hint is for, and which key of which keyspace it brings.
 *
 * @param owner the owner
 * @param keyspace name of the keyspace
 * @param key the key; handed over, not copied
 */
record HintKey(NodeId owner, String keyspace, byte[] key) {

    private static final byte FORMAT = 1;

    HintKey {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(keyspace, "keyspace");
        Objects.requireNonNull(key, "key");
    }

    /** First token of an owner's hints. */
    static Token first(NodeId owner) {
        return new Token(hash(owner), 0);
    }

    /** Last token of an owner's hints. */
    static Token last(NodeId owner) {
        return new Token(hash(owner), -1);
    }

    Token token() {
        return new Token(hash(owner), Token.of(key).high());
    }

    byte[] encode() {
        byte[] ownerBytes = owner.name().getBytes(StandardCharsets.UTF_8);
        byte[] keyspaceBytes = keyspace.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(3 + ownerBytes.length + keyspaceBytes.length + key.length)
                .put(FORMAT)
                .put((byte) ownerBytes.length)
                .put(ownerBytes)
                .put((byte) keyspaceBytes.length)
                .put(keyspaceBytes)
                .put(key)
                .array();
    }

    /** The key of a hint; empty when it is damaged or of a format that is not known here. */
    static Optional<HintKey> read(Entry hint) {
        try {
            return Optional.of(decode(hint.key()));
        } catch (CorruptDataException e) {
            return Optional.empty();
        }
    }

    static HintKey decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < 3 || buffer.get() != FORMAT) {
            throw new CorruptDataException("a hint's key of " + bytes.length + " bytes is not of format " + FORMAT);
        }
        try {
            NodeId owner = new NodeId(text(buffer));
            String keyspace = text(buffer);
            byte[] key = new byte[buffer.remaining()];
            buffer.get(key);
            return new HintKey(owner, keyspace, key);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
            throw new CorruptDataException("a hint's key of " + bytes.length + " bytes is malformed", e);
        }
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.get() & 0xff];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static long hash(NodeId owner) {
        return Token.of(owner.name().getBytes(StandardCharsets.UTF_8)).high();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HintKey that
                && owner.equals(that.owner)
                && keyspace.equals(that.keyspace)
                && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(owner, keyspace, Arrays.hashCode(key));
    }
}
