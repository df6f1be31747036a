package io.annulus.storage.value;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sorted table points to in one value file.
 *
 * @param file number of the value file
 * @param bytes of the frames that it points to
 * @param end of the last of them
 */
public record ValueUse(long file, long bytes, long end) {

    private static final int BYTES = 24;

    /** Bytes that a list takes on disk. */
    public static int sizeBytes(List<ValueUse> uses) {
        return Integer.BYTES + uses.size() * BYTES;
    }

    /** Appends a list to a buffer. */
    public static void write(List<ValueUse> uses, ByteBuffer target) {
        target.putInt(uses.size());
        uses.forEach(use -> target.putLong(use.file).putLong(use.bytes).putLong(use.end));
    }

    /** Reads a list from a buffer. */
    public static List<ValueUse> read(ByteBuffer from) {
        int count = from.getInt();
        List<ValueUse> uses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            uses.add(new ValueUse(from.getLong(), from.getLong(), from.getLong()));
        }
        return uses;
    }

    /** Name of its file in the folder of values. */
    public String fileName() {
        return ValueFile.fileName(file);
    }

    ValueUse with(long moreBytes, long otherEnd) {
        return new ValueUse(file, bytes + moreBytes, Math.max(end, otherEnd));
    }
}
