package io.annulus.storage.snapshot;

import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whole trees of files. */
final class Folders {

    private static final int CHUNK_BYTES = 1 << 20;

    private Folders() {}

    /** Deletes a directory with all that is in it, or a file. */
    static void delete(Directory parent, String name) throws IOException {
        Directory folder = parent.sub(name);
        for (String inside : folder.list()) {
            delete(folder, inside);
        }
        parent.delete(name);
    }

    /** Sizes of all files, by path. */
    static SortedMap<String, Long> sizes(Directory top) throws IOException {
        SortedMap<String, Long> sizes = new TreeMap<>();
        addSizes(top, "", sizes);
        return sizes;
    }

    /** Bytes of a file. */
    static long size(Directory directory, String name) throws IOException {
        try (InputFile file = directory.open(name)) {
            return file.size();
        }
    }

    /** Copies a file durably, but for its name. */
    static void copy(Directory from, String name, Directory to) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        try (InputFile source = from.open(name);
                OutputFile target = to.create(name)) {
            long size = source.size();
            for (long position = 0; position < size; position += chunk.limit()) {
                chunk.clear().limit((int) Math.min(CHUNK_BYTES, size - position));
                source.read(position, chunk);
                target.write(chunk.flip());
            }
            target.sync();
        }
    }

    /** Copies all files of a directory, and those of the directories in it, durably. */
    static void copyAll(Directory from, Directory to) throws IOException {
        to.make();
        for (String name : from.list()) {
            if (from.isDirectory(name)) {
                copyAll(from.sub(name), to.sub(name));
            } else {
                copy(from, name, to);
            }
        }
        to.sync();
    }

    private static void addSizes(Directory folder, String prefix, SortedMap<String, Long> sizes) throws IOException {
        for (String name : folder.list()) {
            if (folder.isDirectory(name)) {
                addSizes(folder.sub(name), prefix + name + "/", sizes);
            } else {
                sizes.put(prefix + name, size(folder, name));
            }
        }
    }
}
