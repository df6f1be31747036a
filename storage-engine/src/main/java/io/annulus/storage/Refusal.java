package io.annulus.storage;

import io.annulus.api.storage.StorageFullException;
import java.util.Optional;

/** What writes are refused with before any effect. */
final class Refusal {

    private Refusal() {}

    /** Something is full; the message says what, and what to do. */
    static Optional<StorageFullException> full(String message) {
        return Optional.of(new StorageFullException(message));
    }

    /** The engine is being closed, or is closed. */
    static StorageFullException closed() {
        return new StorageFullException("storage is closed");
    }
}
