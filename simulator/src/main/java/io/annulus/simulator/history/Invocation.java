package io.annulus.simulator.history;

import java.util.Objects;
import java.util.Optional;

/**
 * What a client asked.
 *
 * @param nanos when, before it was sent
 * @param process one logical client with at most one operation open at a time, and one session; a client whose operation
 *     ended unknown goes on under another name
 * @param node who was asked
 * @param function what
 * @param key of what
 * @param value what is written; empty for reads and deletes. No value is written twice to one key
 * @param expect what a compare-and-set wants to find; empty: nothing
 * @param context what was sent along, as an earlier answer gave it; empty text for a blind write
 * @param level how many replicas
 * @param last whether it was asked after all faults had ended and the replicas had rested
 */
public record Invocation(
        long nanos,
        String process,
        String node,
        Function function,
        String key,
        Optional<String> value,
        Optional<String> expect,
        String context,
        Level level,
        boolean last) {

    public Invocation {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(expect, "expect");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(level, "level");
    }
}
