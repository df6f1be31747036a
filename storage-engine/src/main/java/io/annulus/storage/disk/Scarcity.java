package io.annulus.storage.disk;

import io.annulus.storage.file.ScarceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;

/** What the errors of a file system mean: the machine lacks something, or an operator has something to mend. Pure. */
final class Scarcity {

    private static final String NO_ROOM = "No space left on device";
    private static final String NO_QUOTA = "Disk quota exceeded";
    private static final String NO_DESCRIPTOR = "Too many open files";
    private static final String READ_ONLY = "Read-only file system";

    /** The texts of ENOSPC, EDQUOT, EMFILE and ENFILE: Java hands no number out. */
    private static final List<String> SIGNS = List.of(NO_ROOM, NO_QUOTA, NO_DESCRIPTOR);

    /** A file system is full with some bytes left that nobody gets. */
    private static final long ROUNDING_BYTES = 64 << 10;

    private Scarcity() {}

    /** The error as it is, or what it says of a lack. */
    static IOException of(IOException error) {
        return isLack(error) ? new ScarceException(error.getMessage(), error) : error;
    }

    /** Whether an error, or what caused it, says that something lacks. */
    static boolean isLack(Throwable error) {
        return SIGNS.stream().anyMatch(sign -> says(error, sign));
    }

    /**
     * As {@link #of}, also where the texts are in another language.
     *
     * @param bytes that were to be written
     * @param usableBytes of the disk after the error
     */
    static IOException ofWrite(IOException error, long bytes, long usableBytes) {
        return usableBytes < bytes + ROUNDING_BYTES ? new ScarceException(error.getMessage(), error) : of(error);
    }

    /** Why a data directory cannot be opened, and the mend. */
    static String explained(Path directory, Throwable error) {
        String start = "data directory " + directory + " cannot be opened: ";
        if (error instanceof AccessDeniedException denied) {
            return start + "this process may not write " + denied.getFile()
                    + "; give the directory to the user that the node runs as";
        }
        if (error instanceof FileAlreadyExistsException exists) {
            return start + exists.getFile() + " is a file; name a directory";
        }
        if (says(error, READ_ONLY)) {
            return start + "its file system is mounted read-only; mount it for writing, or name another directory";
        }
        if (says(error, NO_ROOM) || says(error, NO_QUOTA)) {
            return start + "its file system is full; make room on it";
        }
        if (says(error, NO_DESCRIPTOR)) {
            return start + "too many files are open; raise the limit of open files (ulimit -n) of the process";
        }
        return start + error;
    }

    private static boolean says(Throwable error, String text) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at.getMessage() != null && at.getMessage().contains(text)) {
                return true;
            }
        }
        return false;
    }
}
