package io.annulus.simulator.history;

import io.annulus.api.Receipt;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client was told.
 *
 * @param nanos when, after it was received
 * @param ending how it ended
 * @param values of a read: the live values, elements or entries, in any order
 * @param count of a read of a counter
 * @param timestamp that the store gave to a last-write-wins write, where known
 * @param context that came with the answer; empty text when none did
 * @param receipt what the answer rests on, where one was given
 * @param error why it did not end as asked; empty text otherwise. {@code mismatch}: a compare-and-set found something else
 */
public record Answer(
        long nanos,
        Ending ending,
        List<String> values,
        OptionalLong count,
        OptionalLong timestamp,
        String context,
        Optional<Receipt> receipt,
        String error) {

    /** How an operation ended. */
    public enum Ending {
        /** It is done: a write that ended so may not be lost. */
        OK,
        /** It did certainly not happen, and never will. */
        FAIL,
        /** Nobody knows whether it happened, or will. */
        INFO
    }

    public Answer {
        Objects.requireNonNull(ending, "ending");
        values = List.copyOf(values);
        Objects.requireNonNull(count, "count");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(receipt, "receipt");
        Objects.requireNonNull(error, "error");
    }
}
