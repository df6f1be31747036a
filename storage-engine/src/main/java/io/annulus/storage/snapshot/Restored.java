package io.annulus.storage.snapshot;

import io.annulus.storage.StorageOpenException;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import io.annulus.storage.identity.Identity;
import io.annulus.storage.identity.SyncMark;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A data directory that is a copy of a snapshot and was not opened yet; one thread. */
public final class Restored {

    private static final Set<String> NO_PART = Set.of("lock", SnapshotList.FILE, Identity.LATEST, SyncMark.FILE);

    private Restored() {}

    /**
     * The name of the snapshot that a directory is a copy of; empty when it is none, or was opened already.
     *
     * @throws StorageOpenException when it is not a whole copy, or more than that
     */
    public static Optional<String> check(Directory root) throws IOException {
        Optional<SnapshotList> list = SnapshotList.read(root);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        String copy = "data directory " + root.path() + " is to be restored from snapshot '"
                + list.get().name() + "'";
        if (root.list().contains(Identity.LATEST)) {
            throw new StorageOpenException(copy + ", which is never the latest state of a store; delete the file '"
                    + Identity.LATEST + "' in it");
        }
        SortedMap<String, Long> expected = list.get().files();
        SortedMap<String, Long> found = found(root);
        for (String path : expected.keySet()) {
            if (!expected.get(path).equals(found.get(path))) {
                throw new StorageOpenException(copy + ", but file '" + path + "' "
                        + (found.containsKey(path) ? "has " + found.get(path) + " bytes" : "is missing")
                        + " instead of "
                        + expected.get(path) + " bytes; copy the whole snapshot again into an empty directory");
            }
        }
        found.keySet().removeAll(expected.keySet());
        if (!found.isEmpty()) {
            throw new StorageOpenException(copy + ", but it holds '" + found.firstKey()
                    + "', which is no part of it; copy the snapshot into an empty directory");
        }
        return Optional.of(list.get().name());
    }

    /** Takes the mark away: the directory is a store of its own now. */
    public static void settle(Directory root) throws IOException {
        root.delete(SnapshotList.FILE);
        root.sync();
    }

    private static SortedMap<String, Long> found(Directory root) throws IOException {
        SortedMap<String, Long> found = new TreeMap<>();
        for (String name : root.list()) {
            boolean part = !NO_PART.contains(name)
                    && !name.endsWith(CheckedFile.TEMPORARY)
                    && !name.equals(SnapshotFolders.FOLDER);
            if (part && root.isDirectory(name)) {
                Folders.sizes(root.sub(name)).forEach((path, size) -> found.put(name + "/" + path, size));
            } else if (part) {
                found.put(name, Folders.size(root, name));
            }
        }
        return found;
    }
}
