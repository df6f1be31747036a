package io.annulus.storage;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.file.Directory;
import io.annulus.storage.identity.Identity;
import io.annulus.storage.identity.SyncMark;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.snapshot.Restored;
import io.annulus.storage.snapshot.SnapshotFolders;
import io.annulus.storage.value.Packing;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The opening and the orderly end of a data directory: {@link #read}, then {@link #open}, then {@link #close}. The order of
 * the steps leaves a directory that can be opened wherever the process or the machine ends. One thread at a time; blocks.
 */
public final class DataDirectory {

    /** What the segments of a new directory are bound to: there are none. */
    private static final long NO_LOG = 0;

    private static final String CLAIMED = "the file '" + Identity.LATEST + "' said that no newer state of it exists";
    private static final String COPIED =
            "it is a copy, or an older state that was put back, since its file 'lock' is another"
                    + " one. What the node acknowledged since may be missing: a ring that knows the former id takes its writes and"
                    + " does not count its reads. If it was only moved and no newer state of it exists, stop the node, create the"
                    + " empty file '" + Identity.LATEST + "' in it, and start the node";

    private final Directory root;
    private final DirectoryHold hold;
    private final Optional<Identity> former;
    private final boolean latest;
    private final Optional<String> snapshot;
    private final Content content;
    private final Supplier<Identity> next;

    /** Of this life, once it is open. */
    private Identity identity;

    /**
     * What it holds.
     *
     * @param manifest its sorted tables
     * @param log while it is being read
     * @param sync while it is being synced; false when that is not enough
     */
    private record Content(Manifest manifest, Aside.Outcome<Recovered> log, Aside.Outcome<Boolean> sync) {}

    private DataDirectory(
            Directory root,
            DirectoryHold hold,
            Optional<Identity> former,
            boolean latest,
            Optional<String> snapshot,
            Supplier<Identity> next,
            Content content) {
        this.root = root;
        this.hold = hold;
        this.former = former;
        this.latest = latest;
        this.snapshot = snapshot;
        this.next = next;
        this.content = content;
    }

    /**
     * Reads a directory. Changes nothing of what it says: what its log holds is made durable as it is.
     *
     * @param packing of its value files
     * @param random gives random ids
     * @throws StorageOpenException when it is of another node or of a newer format
     * @throws CorruptDataException when something in it is damaged
     */
    public static DataDirectory read(
            Directory root, CommitLog log, Packing packing, DirectoryHold hold, NodeId node, LongSupplier random)
            throws IOException {
        return begin(root, log, packing, hold, node, random, Aside.HERE);
    }

    /**
     * As {@link #read}, but the log may be read beside what follows: then an error in it is thrown by {@link #open}, and {@link
     * #awaitEnd} tells when it is over.
     *
     * @param aside where the log is read
     */
    public static DataDirectory begin(
            Directory root,
            CommitLog log,
            Packing packing,
            DirectoryHold hold,
            NodeId node,
            LongSupplier random,
            Aside aside)
            throws IOException {
        Optional<Identity> former = Identity.read(root);
        if (former.isEmpty()) {
            requireEmpty(root);
        } else if (!root.list().contains(Manifest.FILE)) {
            // Without it all sorted tables would count as leftovers of a crash.
            throw new CorruptDataException("data directory " + root.path() + " has no '" + Manifest.FILE
                    + "': its sorted tables cannot be told from leftovers; nothing was changed: restore the file, or the data"
                    + " directory, or start with an empty one");
        }
        Optional<String> snapshot = Restored.check(root);
        boolean latest = root.list().contains(Identity.LATEST);
        String bootId = hold.bootId();
        former.ifPresent(last -> last.requireOf(node));
        boolean clean = former.isPresent() && former.get().clean();
        long logId = former.isPresent() ? former.get().logId() : NO_LOG;
        Manifest manifest = Manifest.read(root);
        boolean isSyncable = SyncMark.isThere(root);
        Aside.Outcome<Recovered> reading =
                aside.begin("replay", () -> Recovery.read(root, log, packing, logId, clean, manifest));
        // What a killed process had written, and nobody synced, must not be shown before it is durable.
        Aside.Outcome<Boolean> sync = aside.begin("sync", () -> {
            if (isSyncable) {
                Recovery.sync(root, log, packing);
            }
            return isSyncable;
        });
        // Later: where random numbers come from takes a while in a young process.
        Supplier<Identity> next =
                () -> Identity.next(former, node, hold.formerKey(), bootId, latest, snapshot.isPresent(), random);
        return new DataDirectory(root, hold, former, latest, snapshot, next, new Content(manifest, reading, sync));
    }

    /**
     * Opens the engine on what was read.
     *
     * @throws CorruptDataException when the log is damaged; then nothing was changed
     */
    public LsmEngine open(EngineParts parts) throws IOException {
        requireRoom(parts);
        Identity mine = next.get();
        LsmEngine engine = LsmEngine.prepare(parts, mine.store(), mine.logId(), content.manifest());
        try {
            Recovered recovered = content.log().await();
            if (!content.sync().await()) {
                // Only now: all of it was checked.
                Recovery.rewrite(root, parts.log(), parts.codec());
            }
            identity = claim(mine);
            engine.begin(recovered);
            return engine;
        } catch (Throwable e) {
            engine.releaseFiles();
            throw e;
        }
    }

    /** Waits until the log is read no more, however that ends; to be called when {@link #open} is not, or failed. */
    public void awaitEnd() {
        content.log().awaitEnd();
        content.sync().awaitEnd();
    }

    /** Makes the directory that of this life. */
    private Identity claim(Identity mine) throws IOException {
        if (former.isEmpty()) {
            // Before the identity: a directory that has one has a manifest too.
            content.manifest().write(root);
        } else {
            // A disk that takes nothing fails here, while the key still fits: else it would be taken for a copy later.
            former.get().write(root);
        }
        Identity opened = mine.opened(hold.renewKey());
        opened.write(root);
        if (latest) {
            // After the identity: whoever said so would have to know that it was lost. It speaks for one start alone.
            root.delete(Identity.LATEST);
            root.sync();
        }
        if (snapshot.isPresent()) {
            // After the identity: a copy that is not settled gets other ids once more.
            Restored.settle(root);
        }
        return opened;
    }

    /**
     * Marks the directory as closed cleanly, if the engine ended in order; after all its threads have ended. A write that was
     * taken and then refused may have been sent to others meanwhile: the next life must not go on with the origin of this one,
     * whose versions it does not all hold.
     */
    public void close(LsmEngine engine) throws IOException {
        engine.releaseFiles();
        if (engine.isLogEnded() && !engine.isFenced()) {
            identity = identity.closedCleanly(hold.key());
            identity.write(root);
        }
    }

    /** Where it is, for messages. */
    public String path() {
        return root.path();
    }

    /** One line for the log, once it is open. */
    public String describe() throws IOException {
        return content.log().await().describe();
    }

    /** What an operator should know about whose directory this is; empty when there is nothing. */
    public Optional<String> warning() {
        return former.map(last -> last.store().storeId())
                .filter(storeId -> storeId != identity.store().storeId())
                .map(storeId -> Long.toHexString(storeId) + " before, and "
                        + Long.toHexString(identity.store().storeId()) + " from now on")
                .map(change -> "data directory " + root.path() + " has store id " + change + ": "
                        + snapshot.map(DataDirectory::restored).orElse(latest ? CLAIMED : COPIED));
    }

    private void requireRoom(EngineParts parts) throws IOException {
        long usable = root.usableBytes();
        long least = DiskRoom.leastBytes(parts.config());
        if (usable < least) {
            throw new StorageOpenException("data directory " + root.path() + " cannot be opened: its file system has "
                    + usable + " bytes left, and a log segment takes " + least + "; make room on it");
        }
    }

    private static String restored(String name) {
        return "it was restored from snapshot '" + name
                + "'. What the node acknowledged since is missing: a ring that knows"
                + " the former id takes its writes and does not count its reads until it was repaired";
    }

    private static void requireEmpty(Directory root) throws IOException {
        // A first start that did not come to its end leaves an empty one.
        boolean isBegun = Manifest.read(root).tables().isEmpty();
        for (String name :
                List.of(Manifest.FILE, "log", "sstables", EngineParts.VALUES, "system", SnapshotFolders.FOLDER)) {
            if (root.list().contains(name) && !(isBegun && name.equals(Manifest.FILE))) {
                throw new StorageOpenException(
                        "data directory " + root.path() + " holds '" + name + "' but no identity; restore the file '"
                                + Identity.FILE + "', or start with an empty directory");
            }
        }
    }
}
