package io.annulus.storage.identity;

import io.annulus.storage.file.Directory;
import java.io.IOException;

/**
 * An empty file that is there as long as no sync of the log failed. After one that failed, the operating system may hold as clean
 * what the disk never got, and a later sync would write none of it (Rebello et al., "Can Applications Recover from fsync
 * Failures?", 2020): where the mark is missing, the log has to be written once more. Taking it away takes no room and no
 * descriptor, and need not be durable: what it tells of is lost with the power as it is.
 */
public final class SyncMark {

    /** Name of the file. */
    public static final String FILE = "synced";

    private SyncMark() {}

    /** Whether no sync failed. */
    public static boolean isThere(Directory root) throws IOException {
        return root.list().contains(FILE);
    }

    /** No sync failed from now on; durable with the next sync of the directory. */
    public static void set(Directory root) throws IOException {
        if (!isThere(root)) {
            root.create(FILE).close();
        }
    }

    /** A sync failed. */
    public static void takeAway(Directory root, Throwable why) {
        try {
            root.delete(FILE);
        } catch (IOException | RuntimeException e) {
            if (e != why) {
                why.addSuppressed(e);
            }
        }
    }
}
