package io.annulus.storage.log;

import io.annulus.storage.file.InputFile;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A window that slides over a file from start to end. */
final class ScanWindow {

    private static final int CHUNK = 1 << 20;

    /** Zeros are compared in pieces of this size: most of the file behind the end of the log is nothing else. */
    private static final byte[] ZEROS = new byte[16 << 10];

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final InputFile file;
    private final long size;
    private ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    private long start;

    ScanWindow(InputFile file) throws IOException {
        this.file = file;
        this.size = file.size();
        buffer.limit(0);
    }

    long size() {
        return size;
    }

    /** The bytes from a place on, at least as many as asked for or up to the end of the file. */
    ByteBuffer at(long position, int bytes) throws IOException {
        int wanted = (int) Math.min(bytes, size - position);
        if (position < start || position + wanted > start + buffer.limit()) {
            fill(position, wanted);
        }
        int offset = (int) (position - start);
        return buffer.slice(offset, buffer.limit() - offset);
    }

    /** The place of the next four bytes that are these, none of them zero, or the size of the file. */
    long findMagic(long from, int magic) throws IOException {
        long position = from;
        while (position + Integer.BYTES <= size) {
            ByteBuffer bytes = at(position, Integer.BYTES);
            int found = indexOf(magic, bytes.array(), bytes.arrayOffset(), bytes.arrayOffset() + bytes.limit());
            if (found >= 0) {
                return position + found - bytes.arrayOffset();
            }
            position += Math.max(1, bytes.limit() - (Integer.BYTES - 1));
        }
        return size;
    }

    private static int indexOf(int magic, byte[] bytes, int from, int end) {
        int at = from;
        while (at <= end - Integer.BYTES) {
            int word = (int) INT.get(bytes, at);
            if (word == magic) {
                return at;
            }
            at = word == 0 ? endOfZeros(bytes, at + Integer.BYTES, end) : at + 1;
        }
        return -1;
    }

    private static int endOfZeros(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            int length = Math.min(ZEROS.length, end - at);
            int differs = Arrays.mismatch(bytes, at, at + length, ZEROS, 0, length);
            if (differs >= 0) {
                return at + differs;
            }
            at += length;
        }
        return end;
    }

    private void fill(long position, int wanted) throws IOException {
        if (buffer.capacity() < wanted) {
            buffer = ByteBuffer.allocate(wanted);
        }
        buffer.clear().limit((int) Math.min(buffer.capacity(), size - position));
        file.read(position, buffer);
        buffer.flip();
        start = position;
    }
}
