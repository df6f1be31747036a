package io.annulus.storage.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Makes the content of a file durable. Tests make it fail. */
@FunctionalInterface
interface Syncer {

    /** What production uses: fdatasync. It also writes what was changed through a mapping, and throws when it fails. */
    Syncer FDATASYNC = channel -> channel.force(false);

    void sync(FileChannel channel) throws IOException;
}
