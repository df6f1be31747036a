package io.annulus.replication;

import io.annulus.api.ReadOptions;
import io.annulus.api.ring.Token;
import java.util.Objects;

/**
 * A checked read.
 *
 * @param token token of the key
 * @param key the key
 * @param options level and R
 * @param timeoutMillis how long it may take
 */
record GetCommand(Token token, byte[] key, ReadOptions options, int timeoutMillis) {

    GetCommand {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(options, "options");
    }

    boolean atomic() {
        return options.level() == ReadOptions.Level.ATOMIC;
    }

    int required(Placement placement, int usual) {
        return switch (options.level()) {
            case KEYSPACE -> placement.required("R", 0, usual);
            case COUNT -> placement.required("R", options.replicas(), usual);
            case QUORUM, ATOMIC -> placement.majority();
            case ALL -> placement.copies();
        };
    }
}
