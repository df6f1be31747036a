package io.annulus.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of {@link SimulatedFiles}, whatever its names are by now: bytes as a reader sees them, and the bytes that the disk
 * holds, apart in the blocks that were written since the last sync. Used on the thread of the world.
 */
public final class SimulatedFile implements SimulatedEntry {

    /** What a disk writes at once: a sector. */
    public static final int BLOCK_BYTES = 512;

    private final SimulatedFiles disk;
    private final BitSet dirty = new BitSet();
    private byte[] seen;
    private byte[] held;
    private int size;
    private int heldSize;

    /** Blocks as they were before their last sync. */
    private final Map<Integer, byte[]> former = new TreeMap<>();

    SimulatedFile(SimulatedFiles disk, byte[] synced) {
        this.disk = disk;
        this.seen = synced.clone();
        this.held = synced.clone();
        this.size = synced.length;
        this.heldSize = synced.length;
    }

    /** Bytes in it. */
    public long size() {
        return size;
    }

    /** Appends what remains in the buffer. */
    public void append(ByteBuffer bytes) throws IOException {
        disk.requireRoom();
        disk.change(() -> {
            int from = size;
            ensureRoom(from + bytes.remaining());
            size += bytes.remaining();
            bytes.get(seen, from, size - from);
            dirty.set(from / BLOCK_BYTES, blocks(size));
        });
    }

    /** Writes all its bytes once more, so that the next sync finds them. */
    public void rewrite() throws IOException {
        disk.change(() -> dirty.set(0, blocks(size)));
    }

    /**
     * Makes durable what was written. When it fails, some of it is, and the operating system takes all of it for clean, as
     * Linux does: a later sync writes none of it (Rebello et al., "Can Applications Recover from fsync Failures?", 2020).
     */
    public void sync() throws IOException {
        disk.change(() -> {});
        Optional<String> error = disk.syncError();
        dirty.stream()
                .filter(block -> error.isEmpty() || disk.random().nextInt(2) == 0)
                .forEach(this::hold);
        dirty.clear();
        if (error.isPresent()) {
            throw new IOException(error.get());
        }
        resizeHeld(size);
    }

    /** Fills the buffer from a place of the file. */
    public void read(long position, ByteBuffer target) throws IOException {
        disk.requirePower();
        if (position < 0 || position + target.remaining() > size) {
            throw new EOFException("the file ends at " + size);
        }
        target.put(seen, (int) position, target.remaining());
    }

    byte[] content() {
        return Arrays.copyOf(seen, size);
    }

    /** Bytes that were synced once. */
    int heldSize() {
        return heldSize;
    }

    @Override
    public SimulatedFile copy(Map<SimulatedFile, SimulatedFile> copies) {
        return copies.computeIfAbsent(this, file -> new SimulatedFile(disk, content()));
    }

    /** Of what was not synced, all stays, nothing, a prefix, or some blocks, each perhaps torn; the rest reads as zeros. */
    @Override
    public void lose(SimulatedRandom random, Set<SimulatedFile> done) {
        if (!done.add(this)) {
            return;
        }
        int outcome = random.nextInt(4);
        int end = outcome == 2 ? (int) random.between(heldSize, size) : size;
        int survived = heldSize;
        for (int block = dirty.nextSetBit(0); block >= 0 && outcome > 0; block = dirty.nextSetBit(block + 1)) {
            int from = block * BLOCK_BYTES;
            int to = Math.min(from + BLOCK_BYTES, end);
            if (outcome == 3) {
                to = random.nextInt(2) == 0 ? from : torn(from, to, random);
            }
            if (to > from) {
                resizeHeld(Math.max(heldSize, to));
                System.arraycopy(seen, from, held, from, to - from);
                survived = Math.max(survived, to);
            }
        }
        if (outcome == 3) {
            resizeHeld((int) random.between(survived, size));
        }
        dirty.clear();
        size = heldSize;
        seen = held.clone();
    }

    @Override
    public SimulatedFile survivor(Survivors survivors) {
        SimulatedFile copy = new SimulatedFile(survivors.disk(), Arrays.copyOf(held, heldSize));
        copy.seen = content();
        copy.size = size;
        copy.dirty.or(dirty);
        copy.lose(survivors.random(), new HashSet<>());
        return copy;
    }

    private static int torn(int from, int to, SimulatedRandom random) {
        return random.nextInt(4) == 0 ? (int) random.between(from, to) : to;
    }

    /** Makes another content of it, seen and held. */
    void overwrite(byte[] content) {
        dirty.clear();
        former.clear();
        seen = content.clone();
        held = content.clone();
        size = content.length;
        heldSize = content.length;
    }

    void flip(int at, int bit) {
        seen[at] ^= (byte) (1 << bit);
        if (at < heldSize) {
            held[at] ^= (byte) (1 << bit);
        }
    }

    byte[] block(int block) {
        int from = block * BLOCK_BYTES;
        return Arrays.copyOfRange(held, from, Math.min(from + BLOCK_BYTES, heldSize));
    }

    /** Puts other bytes where a synced block is, as far as the file goes. */
    void overwriteBlock(int block, byte[] content) {
        int from = block * BLOCK_BYTES;
        byte[] whole = Arrays.copyOf(content, Math.min(BLOCK_BYTES, heldSize - from));
        System.arraycopy(whole, 0, held, from, whole.length);
        System.arraycopy(whole, 0, seen, from, whole.length);
        dirty.clear(block);
    }

    /** What a synced block was before its last sync: zeros, when it was nothing. */
    byte[] formerBlock(int block) {
        return former.getOrDefault(block, new byte[0]);
    }

    static int blocks(int bytes) {
        return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    private void hold(int block) {
        former.put(block, block * BLOCK_BYTES < heldSize ? block(block) : new byte[0]);
        int from = block * BLOCK_BYTES;
        int to = Math.min(from + BLOCK_BYTES, size);
        resizeHeld(Math.max(heldSize, to));
        System.arraycopy(seen, from, held, from, to - from);
    }

    private void resizeHeld(int bytes) {
        if (held.length < bytes) {
            held = Arrays.copyOf(held, Math.max(bytes, seen.length));
        }
        heldSize = bytes;
    }

    private void ensureRoom(int bytes) {
        if (seen.length < bytes) {
            seen = Arrays.copyOf(seen, Math.max(bytes, 2 * seen.length));
        }
    }
}
