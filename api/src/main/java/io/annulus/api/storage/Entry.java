package io.annulus.api.storage;

import io.annulus.api.ring.Token;
import java.util.Objects;

/**
 * One record of a table.
 *
 * @param token token of the key
 * @param key the key; handed over, not copied
 * @param record the record; handed over, not copied
 */
public record Entry(Token token, byte[] key, byte[] record) {

    public Entry {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(record, "record");
    }
}
