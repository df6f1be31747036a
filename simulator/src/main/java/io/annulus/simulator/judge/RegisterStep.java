package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.simulator.history.Operation;
import java.util.List;
import java.util.Optional;

/**
 * What an operation does to a register at the one moment at which it takes effect. An empty value is that of a key that was
 * never written, or deleted.
 *
 * @param operation the operation
 * @param kind what it does
 * @param expected what has to be there for a READ or SWAP, what is not there for a MISMATCH
 * @param written what is there afterwards, for a WRITE or SWAP
 * @param endNanos until when it has taken effect; {@link Long#MAX_VALUE} when it need not ever
 */
record RegisterStep(
        Operation operation, Kind kind, Optional<String> expected, Optional<String> written, long endNanos) {

    private static final String MISMATCH_ERROR = "mismatch";

    /** What an operation does. */
    enum Kind {
        /** A put or delete: writes, whatever is there. */
        WRITE,
        /** A compare-and-set that finds what it expects. */
        SWAP,
        /** A read. */
        READ,
        /** A compare-and-set that finds something else. */
        MISMATCH
    }

    /** The steps of the operations of one key that say anything about it. */
    static List<RegisterStep> of(List<Operation> operations) {
        return operations.stream().flatMap(operation -> of(operation).stream()).toList();
    }

    private static Optional<RegisterStep> of(Operation operation) {
        return switch (operation.function()) {
            case PUT, DELETE ->
                operation.mayTakeEffect()
                        ? step(operation, Kind.WRITE, Optional.empty(), operation.value())
                        : Optional.empty();
            case CAS -> {
                Optional<String> expect = operation.invocation().expect();
                yield operation.mayTakeEffect()
                        ? step(operation, Kind.SWAP, expect, operation.value())
                        : isMismatch(operation)
                                ? step(operation, Kind.MISMATCH, expect, Optional.empty())
                                : Optional.empty();
            }
            case GET ->
                isPromised(operation, Guarantee.ATOMIC)
                        ? step(operation, Kind.READ, operation.values().stream().findFirst(), Optional.empty())
                        : Optional.empty();
            default ->
                throw new IllegalArgumentException(operation.function() + " of key " + operation.key()
                        + " is no operation of a register; declare the key's mode in the run's setting");
        };
    }

    private static Optional<RegisterStep> step(
            Operation operation, Kind kind, Optional<String> expected, Optional<String> written) {
        boolean certain = kind == Kind.READ || kind == Kind.MISMATCH || isPromised(operation, Guarantee.OVERLAP);
        return Optional.of(
                new RegisterStep(operation, kind, expected, written, certain ? operation.endNanos() : Long.MAX_VALUE));
    }

    private static boolean isMismatch(Operation operation) {
        return operation.isFailed() && operation.answer().orElseThrow().error().equals(MISMATCH_ERROR);
    }

    private static boolean isPromised(Operation operation, Guarantee least) {
        return operation.isOk() && (operation.guarantee().isEmpty() || Claims.claims(operation, least));
    }

    /** Whether it may never take effect. */
    boolean isOptional() {
        return endNanos == Long.MAX_VALUE;
    }

    /** Whether it leaves the register as it is. */
    boolean isObserver() {
        return kind == Kind.READ || kind == Kind.MISMATCH;
    }

    @Override
    public String toString() {
        String where = " by " + operation.invocation().process();
        return switch (kind) {
            case WRITE -> written.map(value -> "put " + value).orElse("delete") + where;
            case SWAP -> "compare-and-set of " + text(expected) + " to " + text(written) + where;
            case READ -> "read of " + text(expected) + where;
            case MISMATCH -> "compare-and-set that did not find " + text(expected) + where;
        };
    }

    /** A state for people. */
    static String text(Optional<String> state) {
        return state.orElse("nothing");
    }
}
