package io.annulus.storage.log;

import io.annulus.storage.file.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A window that slides over a file from start to end. */
final class ScanWindow {

    private static final int CHUNK = 1 << 20;

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

    /** The place of the next frame's magic, or the size of the file. */
    long findMagic(long from) throws IOException {
        long position = from;
        while (position + Integer.BYTES <= size) {
            ByteBuffer bytes = at(position, FrameFormat.HEADER_BYTES);
            int found = indexOfMagic(bytes);
            if (found >= 0) {
                return position + found;
            }
            position += Math.max(1, bytes.limit() - (Integer.BYTES - 1));
        }
        return size;
    }

    private static int indexOfMagic(ByteBuffer bytes) {
        int last = bytes.limit() - Integer.BYTES;
        int i = 0;
        while (i <= last) {
            if (i + Long.BYTES <= bytes.limit() && bytes.getLong(i) == 0) {
                i += Long.BYTES - Integer.BYTES + 1;
            } else if (bytes.getInt(i) == FrameFormat.MAGIC) {
                return i;
            } else {
                i++;
            }
        }
        return -1;
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
