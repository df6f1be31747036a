package io.annulus.simulator;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.SystemStore;
import java.util.Optional;

/** Small values of the node; a value is seen by {@link #read} once it is synced. */
final class SimulatedSystemStore implements SystemStore {

    private final SimulatedStorage storage;
    private final SimulatedDisk disk;

    SimulatedSystemStore(SimulatedStorage storage, SimulatedDisk disk) {
        this.storage = storage;
        this.disk = disk;
    }

    @Override
    public Optional<byte[]> read(String name) {
        check(name);
        return Optional.ofNullable(disk.blobs().get(name)).map(byte[]::clone);
    }

    @Override
    public void write(String name, byte[] value, Completion<String> completion) {
        check(name);
        if (value.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "value '" + name + "' of " + value.length + " bytes is above " + MAX_BYTES);
        }
        byte[] copy = value.clone();
        storage.append(target -> target.putBlob(name, copy), name, completion);
    }

    private static void check(String name) {
        if (!name.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException("name '" + name + "' is not 1 to 63 lower-case letters, digits or '-'");
        }
    }
}
