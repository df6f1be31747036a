package io.annulus.api.storage;

import io.annulus.api.ring.Token;
import java.util.Objects;

/**
 * Tokens of a table that this store cannot answer for, since some of its bytes are damaged.
 *
 * @param table name of the table
 * @param from first token, inclusive
 * @param to last token, inclusive
 * @param file where the damage is
 * @param cause one sentence
 */
public record QuarantinedRange(String table, Token from, Token to, String file, String cause) {

    public QuarantinedRange {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(cause, "cause");
    }
}
