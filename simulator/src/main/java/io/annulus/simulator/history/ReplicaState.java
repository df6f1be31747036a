package io.annulus.simulator.history;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What one replica of a key holds itself at the end, after all faults have ended.
 *
 * @param replica name of the node
 * @param key of what
 * @param values the live values, elements or entries that it holds, in any order
 * @param count of a counter
 * @param digest of its record; replicas that agree have the same
 */
public record ReplicaState(String replica, String key, List<String> values, OptionalLong count, long digest) {

    public ReplicaState {
        Objects.requireNonNull(replica, "replica");
        Objects.requireNonNull(key, "key");
        values = List.copyOf(values);
        Objects.requireNonNull(count, "count");
    }
}
