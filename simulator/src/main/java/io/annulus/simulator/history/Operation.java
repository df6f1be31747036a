package io.annulus.simulator.history;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.simulator.history.Answer.Ending;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One operation of one client.
 *
 * @param index its place in the history, from 0, by invocation
 * @param invocation what was asked
 * @param answer what the client was told; empty when it never was, which is as good as {@link Ending#INFO}
 */
public record Operation(int index, Invocation invocation, Optional<Answer> answer) {

    public Operation {
        Objects.requireNonNull(invocation, "invocation");
        Objects.requireNonNull(answer, "answer");
    }

    /** Its function. */
    public Function function() {
        return invocation.function();
    }

    /** Its key. */
    public String key() {
        return invocation.key();
    }

    /** What it writes. */
    public Optional<String> value() {
        return invocation.value();
    }

    /** When it was asked. */
    public long startNanos() {
        return invocation.nanos();
    }

    /** When its effect was certain: the time of the answer, or {@link Long#MAX_VALUE} where it may come at any later time. */
    public long endNanos() {
        return answer.filter(end -> end.ending() != Ending.INFO)
                .map(Answer::nanos)
                .orElse(Long.MAX_VALUE);
    }

    /** Whether it was answered: done. */
    public boolean isOk() {
        return has(Ending.OK);
    }

    /** Whether it did certainly not happen. */
    public boolean isFailed() {
        return has(Ending.FAIL);
    }

    /** Whether it is a write that has happened, or may have, or may yet. */
    public boolean mayTakeEffect() {
        return function().isWrite() && !isFailed();
    }

    /** Whether this had ended, for certain, when the other began. */
    public boolean precedes(Operation other) {
        return endNanos() < other.startNanos();
    }

    /** What it read; empty when it was no read or got no answer. */
    public List<String> values() {
        return answer.map(Answer::values).orElse(List.of());
    }

    /** The context that its answer gave; empty text for none. */
    public String contextGiven() {
        return answer.map(Answer::context).orElse("");
    }

    /** What its answer claims to rest on. */
    public Optional<Guarantee> guarantee() {
        return answer.flatMap(Answer::receipt).map(Receipt::guarantee);
    }

    private boolean has(Ending ending) {
        return answer.map(end -> end.ending() == ending).orElse(false);
    }
}
