package io.annulus.simulator.judge;

import io.annulus.simulator.history.Operation;
import java.util.List;
import java.util.stream.Stream;

/** Violations that name operations in the order of their invocations. */
final class Violations {

    private Violations() {}

    /** A violation that {@code last} shows, and the others explain. */
    static Violation of(String judge, String key, String text, Operation last, List<Operation> others) {
        List<Integer> indexes = Stream.concat(others.stream(), Stream.of(last))
                .map(Operation::index)
                .distinct()
                .sorted()
                .toList();
        return new Violation(judge, key, text, indexes);
    }
}
