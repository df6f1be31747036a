package io.annulus.api.storage;

import io.annulus.api.runtime.Completion;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Small named values of the node itself (its ring, its reserve of dots), each replaced as a whole: after a crash the old or
 * the new value is there, checked by a checksum. Used on the event loop.
 */
@ProviderType
public interface SystemStore {

    /** Greatest size of a value in bytes. */
    int MAX_BYTES = 16 << 20;

    /**
     * The value as it was when the directory was opened, or as last written since; held in memory, never blocks.
     *
     * @param name 1 to 63 lower-case letters, digits or '-'
     */
    Optional<byte[]> read(String name);

    /** Replaces a value; completes, with the name, when it is synced. Writes to one name complete in order. */
    void write(String name, byte[] value, Completion<String> completion);
}
