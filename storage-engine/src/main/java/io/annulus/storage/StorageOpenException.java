package io.annulus.storage;

/** A data directory cannot be opened; nothing in it was changed. The message says why and what to do. */
public final class StorageOpenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StorageOpenException(String message) {
        super(message);
    }

    public StorageOpenException(String message, Throwable cause) {
        super(message, cause);
    }
}
