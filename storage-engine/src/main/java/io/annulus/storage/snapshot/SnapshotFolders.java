package io.annulus.storage.snapshot;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import io.annulus.storage.identity.Identity;
import io.annulus.storage.job.RunningJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

/** The snapshots of a data directory. Owned by the store thread; {@link #lists} any thread. */
public final class SnapshotFolders {

    /** Where they are in a data directory. */
    public static final String FOLDER = "snapshots";

    private static final String SYSTEM = "system";
    private static final String LOG = "log";

    private final Directory root;
    private final Directory folder;

    /** Replaced by the store thread, read by all. */
    private volatile SortedMap<String, SnapshotList> lists = Collections.emptySortedMap();

    public SnapshotFolders(Directory root) {
        this.root = root;
        this.folder = root.sub(FOLDER);
    }

    /**
     * Removes what was not finished, and reads what is there; before the store thread works.
     *
     * @return what is wrong, a sentence for each snapshot that cannot be used; it is left as it is
     */
    public List<String> tidy() throws IOException {
        SortedMap<String, SnapshotList> found = new TreeMap<>();
        List<String> troubles = new ArrayList<>();
        for (String name : folder.list()) {
            if (name.endsWith(CheckedFile.TEMPORARY)) {
                Folders.delete(folder, name);
                folder.sync();
            } else {
                try {
                    SnapshotList.read(folder.sub(name))
                            .ifPresentOrElse(
                                    list -> found.put(name, list),
                                    () -> troubles.add("snapshot '" + name + "' lacks its list of files"));
                } catch (CorruptDataException | StorageOpenException e) {
                    troubles.add("snapshot '" + name + "' cannot be used: " + e.getMessage());
                }
            }
        }
        lists = Collections.unmodifiableSortedMap(found);
        return troubles;
    }

    /** Those that are complete, by name; any thread. */
    public SortedMap<String, SnapshotList> lists() {
        return lists;
    }

    /**
     * Makes a snapshot durably; when it fails there is none.
     *
     * @throws CancellationException when the job was cancelled
     */
    public SnapshotList create(String name, SnapshotSource source, RunningJob job) throws IOException {
        folder.make();
        String unfinished = unfinished(name);
        Folders.delete(folder, unfinished);
        try {
            SnapshotList list = filled(name, folder.sub(unfinished), source, job);
            folder.rename(unfinished, name);
            folder.sync();
            put(name, list);
            return list;
        } catch (IOException | RuntimeException e) {
            discard(name, e);
            throw e;
        }
    }

    /** Deletes a snapshot durably. */
    public void delete(String name) throws IOException {
        remove(name);
        String unfinished = unfinished(name);
        Folders.delete(folder, unfinished);
        folder.rename(name, unfinished);
        // Else a power cut could leave the name, and take files.
        folder.sync();
        Folders.delete(folder, unfinished);
        folder.sync();
    }

    private SnapshotList filled(String name, Directory target, SnapshotSource source, RunningJob job)
            throws IOException {
        target.make();
        SortedMap<String, SortedSet<String>> linked = new TreeMap<>(source.linked());
        linked.put(SYSTEM, values());
        job.total(source.files() + linked.get(SYSTEM).size());
        for (Map.Entry<String, SortedSet<String>> directory : linked.entrySet()) {
            link(directory.getKey(), directory.getValue(), target, job);
        }
        copySegments(source, target, job);
        CheckedFile.replace(
                target,
                Identity.FILE,
                CheckedFile.read(root, Identity.FILE)
                        .orElseThrow(() -> new IOException("the data directory has no identity any more")));
        source.manifest().write(target);
        SnapshotList list = new SnapshotList(name, source.manifest().lastSequence(), Folders.sizes(target));
        list.write(target);
        return list;
    }

    private void link(String directory, SortedSet<String> names, Directory target, RunningJob job) throws IOException {
        Directory from = root.sub(directory);
        Directory to = target.sub(directory);
        to.make();
        for (String name : names) {
            advance(job);
            from.link(name, to);
        }
        to.sync();
    }

    /** Values of the node are replaced, not overwritten: each link is a whole one, the former or the next. */
    private SortedSet<String> values() throws IOException {
        SortedSet<String> names = new TreeSet<>(root.sub(SYSTEM).list());
        names.removeIf(name -> name.endsWith(CheckedFile.TEMPORARY));
        return names;
    }

    /** Copies, for a segment is written in place when it is replayed or used again. */
    private void copySegments(SnapshotSource source, Directory target, RunningJob job) throws IOException {
        Directory log = root.sub(LOG);
        Directory copy = target.sub(LOG);
        copy.make();
        for (String name : log.list()) {
            if (name.matches("[0-9]{1,18}.*") && source.segments().contains(number(name))) {
                advance(job);
                if (log.isDirectory(name)) {
                    Folders.copyAll(log.sub(name), copy.sub(name));
                } else {
                    Folders.copy(log, name, copy);
                }
            }
        }
        copy.sync();
    }

    private static long number(String name) {
        return Long.parseLong(name.replaceFirst("[^0-9].*", ""));
    }

    private static void advance(RunningJob job) {
        if (job.isCancelAsked()) {
            throw new CancellationException(job.name() + " was given up");
        }
        job.advance(1);
    }

    private void discard(String name, Exception cause) {
        try {
            if (folder.list().contains(name)) {
                delete(name);
            } else {
                Folders.delete(folder, unfinished(name));
                folder.sync();
            }
        } catch (IOException e) {
            // The next start removes it.
            cause.addSuppressed(e);
        }
    }

    private void put(String name, SnapshotList list) {
        SortedMap<String, SnapshotList> changed = new TreeMap<>(lists);
        changed.put(name, list);
        lists = Collections.unmodifiableSortedMap(changed);
    }

    private void remove(String name) {
        SortedMap<String, SnapshotList> changed = new TreeMap<>(lists);
        changed.remove(name);
        lists = Collections.unmodifiableSortedMap(changed);
    }

    private static String unfinished(String name) {
        return name + CheckedFile.TEMPORARY;
    }
}
