package io.annulus.simulator;

import io.annulus.simulator.SimulatedStore.Damage;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The disk of a machine, byte by byte, with an exact model of what survives a power cut. Synced bytes stay; of bytes that
 * were not synced all stay, none, a prefix, or some blocks with zeros between them, since the operating system writes blocks
 * in any order. A name that was made, changed or deleted since its folder was synced is drawn one by one. The end of a
 * process alone loses nothing. Paths are relative, with '/' between names; "" is the top folder. Used on the thread of the
 * world; its faults stay until they are taken back.
 */
public final class SimulatedFiles {

    private static final String NO_ROOM = "no space left on device";

    private final SimulatedRandom random;
    private SimulatedFolder root = new SimulatedFolder();
    private Optional<SimulatedFolder> backup = Optional.empty();
    private Optional<Error> nextError = Optional.empty();
    private boolean powered = true;
    private Optional<String> syncError = Optional.empty();
    private boolean full;
    private long changesUntilFull = Long.MAX_VALUE;
    private boolean readOnly;
    private boolean outOfDescriptors;
    private long usableBytes = Long.MAX_VALUE;
    private long changes;
    private long changesLeft = Long.MAX_VALUE;
    private Runnable last = () -> {};
    private Runnable watcher = () -> {};

    /** An empty disk. */
    public SimulatedFiles(SimulatedRandom random) {
        this.random = Objects.requireNonNull(random, "random");
    }

    /** Names in a folder, sorted; none when there is no such folder. */
    public List<String> list(String path) throws IOException {
        requirePower();
        return folderAt(path)
                .map(folder -> List.copyOf(folder.names().keySet()))
                .orElse(List.of());
    }

    /** Whether there is such a folder. */
    public boolean isFolder(String path) throws IOException {
        requirePower();
        return folderAt(path).isPresent();
    }

    /** Makes a folder in one that exists. */
    public void makeFolder(String path) throws IOException {
        requireRoom();
        SimulatedFolder parent = parentOf(path);
        requireAbsent(parent, path);
        change(() -> parent.put(nameOf(path), new SimulatedFolder()));
    }

    /** Makes an empty file in a folder that exists. */
    public SimulatedFile create(String path) throws IOException {
        requireRoom();
        requireDescriptor();
        SimulatedFolder parent = parentOf(path);
        requireAbsent(parent, path);
        SimulatedFile file = new SimulatedFile(this, new byte[0]);
        change(() -> parent.put(nameOf(path), file));
        return file;
    }

    /** The file of a name. */
    public SimulatedFile open(String path) throws IOException {
        requirePower();
        requireDescriptor();
        return fileAt(path);
    }

    /** Gives a file another name in its folder, in place of the file that has that name; or a folder a name that is free. */
    public void rename(String from, String to) throws IOException {
        SimulatedFolder parent = parentOf(from);
        if (parent != parentOf(to)) {
            throw new IOException("'" + from + "' and '" + to + "' are in different folders");
        }
        if (isFolder(from) || isFolder(to)) {
            requireAbsent(parent, to);
        } else {
            fileAt(from);
        }
        change(() -> parent.rename(nameOf(from), nameOf(to)));
    }

    /** Gives a file a further name, as a hard link does: it is there until all its names are deleted. */
    public void link(String from, String to) throws IOException {
        requireRoom();
        SimulatedFile file = fileAt(from);
        SimulatedFolder parent = parentOf(to);
        requireAbsent(parent, to);
        change(() -> parent.put(nameOf(to), file));
    }

    /** Deletes a file or an empty folder; nothing when there is none. */
    public void delete(String path) throws IOException {
        requirePower();
        Optional<SimulatedFolder> parent = folderAt(parentPath(path));
        if (folderAt(path).stream().anyMatch(folder -> !folder.names().isEmpty())) {
            throw new DirectoryNotEmptyException(path);
        }
        if (parent.isPresent() && parent.get().names().containsKey(nameOf(path))) {
            change(() -> parent.get().remove(nameOf(path)));
        }
    }

    /** Makes the names in a folder durable. */
    public void syncFolder(String path) throws IOException {
        change(() -> {});
        if (syncError.isPresent()) {
            throw new IOException(syncError.get());
        }
        folderAt(path).orElseThrow(() -> new NoSuchFileException(path)).sync();
    }

    /** Bytes that may still be written, as far as the disk says. */
    public long usableBytes() {
        return full ? 0 : usableBytes;
    }

    /** Number of changes so far: writes, syncs, and names made, changed or deleted. */
    public long changes() {
        return changes;
    }

    /**
     * Cuts the power in the midst of a later change: it fails, and so does all that comes after it, until
     * {@link #powerOn}. A change that is cut is as one that was made and not synced.
     *
     * @param more which change, 1 for the next one
     * @param onCut called when the power is off, before the change fails
     */
    public void cutAfter(long more, Runnable onCut) {
        Objects.requireNonNull(onCut, "onCut");
        stopAfter(more, () -> {
            cutPower();
            onCut.run();
        });
    }

    /** Ends the process in the midst of a later change, as {@link #cutAfter} does, but nothing that was written is lost. */
    public void killAfter(long more) {
        stopAfter(more, () -> {});
    }

    /** Cuts the power now: all fails from now on. */
    public void cutPower() {
        root.lose(random, new HashSet<>());
        powered = false;
    }

    /** Ends the process now: nothing is lost, and all fails from now on until {@link #powerOn}. */
    public void kill() {
        powered = false;
    }

    /** Another disk, as this one would be if its power were cut now; this one goes on. */
    public SimulatedFiles survivors(SimulatedRandom losses) {
        SimulatedFiles other = new SimulatedFiles(losses);
        other.usableBytes = usableBytes;
        other.root = root.survivor(new Survivors(other, losses));
        return other;
    }

    /** Calls someone in the midst of each change from now on: it is made, and not synced. */
    public void onChange(Runnable newWatcher) {
        watcher = Objects.requireNonNull(newWatcher, "newWatcher");
    }

    /** Whether the disk does anything. */
    public boolean isPowered() {
        return powered;
    }

    /** Gives the power back, and calls off a cut that has not come. */
    public void powerOn() {
        powered = true;
        changesLeft = Long.MAX_VALUE;
        last = () -> {};
    }

    /** Makes writes fail for want of room, or takes that back. */
    public void setFull(boolean isFull) {
        full = isFull;
        changesUntilFull = Long.MAX_VALUE;
    }

    /** Makes writes fail for want of room once so many more changes were made. */
    public void fillAfter(long more) {
        changesUntilFull = more;
    }

    /** Sets what the disk says that may still be written. */
    public void setUsableBytes(long bytes) {
        usableBytes = bytes;
    }

    /** Makes all changes fail, as after a file system was mounted again read-only, or takes that back. */
    public void setReadOnly(boolean isReadOnly) {
        readOnly = isReadOnly;
    }

    /** Makes files fail to be opened or made, as when a process has too many of them open, or takes that back. */
    public void setOutOfDescriptors(boolean isOut) {
        outOfDescriptors = isOut;
    }

    /** Makes syncs fail, or takes that back. */
    public void setFailsSync(boolean fails) {
        syncError = fails ? Optional.of("input/output error") : Optional.empty();
    }

    /** Makes syncs alone fail for want of room, as of a disk that gives blocks late, or takes that back. */
    public void setFullAtSync(boolean isFull) {
        syncError = isFull ? Optional.of(NO_ROOM) : Optional.empty();
    }

    /** Lets the next change have no effect but this error, as when memory runs out. */
    public void throwOnce(Error error) {
        nextError = Optional.of(error);
    }

    /** Deletes everything. */
    public void wipe() {
        root = new SimulatedFolder();
    }

    /** Takes a copy of all files as they are seen now. */
    public void backUp() {
        backup = Optional.of(root.copy(new HashMap<>()));
    }

    /** Puts the copy in place of all files; false when there is none. */
    public boolean restore() {
        backup.ifPresent(copy -> root = copy.copy(new HashMap<>()));
        return backup.isPresent();
    }

    /** Damages something that was synced in one of these files, drawn from the seed; false when there is nothing. */
    public boolean damage(Damage kind, Predicate<String> where) {
        List<SimulatedFile> files = new ArrayList<>();
        root.forEachFile("", (path, file) -> {
            if (file.heldSize() > 0 && where.test(path)) {
                files.add(file);
            }
        });
        if (files.isEmpty()) {
            return false;
        }
        SimulatedFile file = files.get(random.nextInt(files.size()));
        int block = random.nextInt(SimulatedFile.blocks(file.heldSize()));
        switch (kind) {
            case FLIPPED_BIT -> file.flip(random.nextInt(file.heldSize()), random.nextInt(Byte.SIZE));
            case LOST_WRITE -> file.overwriteBlock(block, file.formerBlock(block));
            case MISDIRECTED_WRITE -> {
                SimulatedFile target = files.get(random.nextInt(files.size()));
                int place = random.nextInt(SimulatedFile.blocks(target.heldSize()));
                byte[] written = file.block(block);
                file.overwriteBlock(block, file.formerBlock(block));
                target.overwriteBlock(place, written);
            }
        }
        return true;
    }

    /** Paths of all files, sorted, with their contents as they are seen. */
    public NavigableMap<String, byte[]> contents() {
        NavigableMap<String, byte[]> contents = new TreeMap<>();
        root.forEachFile("", (path, file) -> contents.put(path, file.content()));
        return contents;
    }

    /** Makes another content of a file behind everyone's back, synced. */
    public void overwrite(String path, byte[] content) throws IOException {
        fileAt(path).overwrite(content);
    }

    /** Turns one bit of a file over behind everyone's back. */
    public void flip(String path, int at, int bit) throws IOException {
        fileAt(path).flip(at, bit);
    }

    void change(Runnable effect) throws IOException {
        requirePower();
        if (nextError.isPresent()) {
            Error error = nextError.get();
            nextError = Optional.empty();
            throw error;
        }
        if (readOnly) {
            throw new IOException("read-only file system");
        }
        effect.run();
        changes++;
        full |= --changesUntilFull == 0;
        watcher.run();
        if (--changesLeft == 0) {
            powered = false;
            last.run();
            requirePower();
        }
    }

    void requirePower() throws IOException {
        if (!powered) {
            throw new IOException("the power is off");
        }
    }

    void requireRoom() throws IOException {
        if (full) {
            throw new IOException(NO_ROOM);
        }
    }

    private void requireDescriptor() throws IOException {
        if (outOfDescriptors) {
            throw new IOException("too many open files");
        }
    }

    Optional<String> syncError() {
        return syncError;
    }

    SimulatedRandom random() {
        return random;
    }

    private void stopAfter(long more, Runnable onStop) {
        if (more < 1) {
            throw new IllegalArgumentException("change number " + more + " is past; count from 1 for the next one");
        }
        changesLeft = more;
        last = onStop;
    }

    private SimulatedFile fileAt(String path) throws IOException {
        requirePower();
        if (parentOf(path).names().get(nameOf(path)) instanceof SimulatedFile file) {
            return file;
        }
        throw new NoSuchFileException(path);
    }

    private Optional<SimulatedFolder> folderAt(String path) {
        SimulatedFolder at = root;
        if (path.isEmpty()) {
            return Optional.of(at);
        }
        for (String name : path.split("/")) {
            if (!(at.names().get(name) instanceof SimulatedFolder next)) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    private SimulatedFolder parentOf(String path) throws IOException {
        String parent = parentPath(path);
        return folderAt(parent).orElseThrow(() -> new NoSuchFileException(parent, null, "folder of '" + path + "'"));
    }

    private static void requireAbsent(SimulatedFolder parent, String path) throws IOException {
        if (parent.names().containsKey(nameOf(path))) {
            throw new FileAlreadyExistsException(path);
        }
    }

    private static String parentPath(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
