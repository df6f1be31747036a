package io.annulus.storage;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.SystemStore;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.ScarceException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;

/** The values of the node itself, one checked file each; owned by the loop, written on the system thread. */
final class DurableSystemStore implements SystemStore {

    private static final int MAX_WAITING = 1024;
    private static final long MAX_WAITING_BYTES = 4L * MAX_BYTES;

    private final EngineParts parts;
    private final Directory directory;
    private final Fence fence;
    private final Map<String, byte[]> values;
    private int waiting;
    private long waitingBytes;

    DurableSystemStore(EngineParts parts, Fence fence, Map<String, byte[]> values) {
        this.parts = parts;
        this.directory = parts.system();
        this.fence = fence;
        this.values = new TreeMap<>(values);
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(values.get(checked(name))).map(byte[]::clone);
    }

    @Override
    public void write(String name, byte[] value, Completion<String> completion) {
        checked(name);
        if (value.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "value '" + name + "' of " + value.length + " bytes is larger than " + MAX_BYTES);
        }
        if (waiting >= MAX_WAITING || waitingBytes + value.length > MAX_WAITING_BYTES) {
            completion.onFailure(new StorageFullException(
                    waiting + " values of " + waitingBytes + " bytes wait to be written; try again later"));
            return;
        }
        byte[] copy = value.clone();
        waiting++;
        waitingBytes += copy.length;
        try {
            parts.threads().system().execute(() -> replace(name, copy, completion));
        } catch (RejectedExecutionException e) {
            waiting--;
            waitingBytes -= copy.length;
            completion.onFailure(new StorageFullException("storage is closed", e));
        }
    }

    private void replace(String name, byte[] value, Completion<String> completion) {
        Optional<? extends RuntimeException> failure = replaced(name, value);
        parts.loop().execute(() -> {
            waiting--;
            waitingBytes -= value.length;
            if (failure.isPresent()) {
                completion.onFailure(failure.get());
                return;
            }
            values.put(name, value);
            completion.onResult(name);
        });
    }

    /** Why a value was not replaced; empty when it was. */
    private Optional<? extends RuntimeException> replaced(String name, byte[] value) {
        if (!fence.isRaised()) {
            try {
                CheckedFile.replace(directory, name, value);
            } catch (ScarceException e) {
                // The former value is there.
                return Optional.of(new StorageFullException(
                        "value '" + name + "' was not written (" + e.getMessage() + "); make room on the disk", e));
            } catch (Throwable e) {
                fence.raise(e);
            }
        }
        return fence.refusal();
    }

    private static String checked(String name) {
        if (!name.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException("name '" + name + "' is not 1 to 63 lower-case letters, digits or '-'");
        }
        return name;
    }
}
