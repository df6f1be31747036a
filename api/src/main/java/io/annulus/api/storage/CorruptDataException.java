package io.annulus.api.storage;

/** Bytes on disk or in a message are damaged; the message names file and offset, or where they came from. */
public final class CorruptDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CorruptDataException(String message) {
        super(message);
    }

    public CorruptDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
