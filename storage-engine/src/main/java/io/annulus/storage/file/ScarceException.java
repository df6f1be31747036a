package io.annulus.storage.file;

import java.io.IOException;

/**
 * The machine lacks something for the time being: room on the disk, or file descriptors. What was begun has no effect that
 * counts, and may be tried again when there is some.
 */
public final class ScarceException extends IOException {

    private static final long serialVersionUID = 1L;

    public ScarceException(String message, Throwable cause) {
        super(message, cause);
    }
}
