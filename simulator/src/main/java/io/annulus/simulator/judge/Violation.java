package io.annulus.simulator.judge;

import java.util.List;
import java.util.Objects;

/**
 * A broken promise, or one that could not be decided.
 *
 * @param judge name of the judge
 * @param key the key concerned
 * @param text one sentence for people: what was promised, what was found
 * @param operations indexes of the operations that prove it, in order
 */
public record Violation(String judge, String key, String text, List<Integer> operations) {

    public Violation {
        Objects.requireNonNull(judge, "judge");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(text, "text");
        operations = List.copyOf(operations);
    }

    @Override
    public String toString() {
        return judge + ": " + key + ": " + text + " " + operations;
    }
}
