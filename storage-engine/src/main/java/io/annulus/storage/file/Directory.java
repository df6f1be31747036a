package io.annulus.storage.file;

import java.io.IOException;
import java.util.List;

/**
 * A directory of files. Any thread may call it; two threads never work on one name at a time. What {@link #create},
 * {@link #rename}, {@link #link} and {@link #delete} did survives a power cut only after {@link #sync}. Making, opening, linking
 * and writing files fail with a {@link ScarceException} when the disk is full or too many files are open.
 */
public interface Directory {

    /** Where it is, for messages. */
    String path();

    /** Names of the files and directories in it, sorted; empty when the directory does not exist. */
    List<String> list() throws IOException;

    /** Whether there is a directory of that name inside this one. */
    boolean isDirectory(String name) throws IOException;

    /** The directory of that name inside this one, which need not exist yet. */
    Directory sub(String name);

    /** Makes the directory when it does not exist, and syncs the one around it. */
    void make() throws IOException;

    /** Makes a new file. */
    OutputFile create(String name) throws IOException;

    /** Opens a file for reading. */
    InputFile open(String name) throws IOException;

    /**
     * Gives a file a further name in another directory of the same disk, and the same name there (a hard link). What the file
     * holds survives a power cut by its own sync, the name by that of the other directory.
     */
    void link(String name, Directory other) throws IOException;

    /** Renames a file, atomically in place of another of the new name; or a directory to a name that is free. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file or an empty directory; nothing when it does not exist. */
    void delete(String name) throws IOException;

    /** Makes the bytes of a file of a former life durable. */
    void syncFile(String name) throws IOException;

    /**
     * Writes the bytes of a file of a former life once more, and syncs them. A sync alone would not do: after one that
     * failed, the operating system may hold as clean what the disk never got.
     */
    void rewriteFile(String name) throws IOException;

    /** Makes the list of files durable. */
    void sync() throws IOException;

    /** Bytes that may still be written to the disk. */
    long usableBytes() throws IOException;
}
