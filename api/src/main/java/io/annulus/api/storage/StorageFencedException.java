package io.annulus.api.storage;

/** The commit log failed: nothing is acknowledged until the node has been restarted. */
public final class StorageFencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StorageFencedException(String message) {
        super(message);
    }

    public StorageFencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
