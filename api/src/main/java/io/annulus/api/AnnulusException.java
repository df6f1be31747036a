package io.annulus.api;

import java.util.Objects;

/**
 * An operation that did not end as asked. The message names the values and the mend; {@link #effect()} says what is known
 * of the operation's effect.
 */
public abstract sealed class AnnulusException extends RuntimeException
        permits UnavailableException,
                OutcomeUnknownException,
                OverloadedException,
                GuaranteeNotMetException,
                CorruptRangeException,
                LimitExceededException,
                StoreClosedException {

    private static final long serialVersionUID = 1L;

    /** What is known of the effect of an operation that failed. */
    public enum Effect {
        /** It changed nothing, and never will. A read that failed is always of this kind. */
        NOT_APPLIED,
        /** Some replicas may hold it, and then all will in the end. Repeating it is safe; reading tells. */
        UNKNOWN,
    }

    private final Effect effect;
    private final transient Receipt receipt;

    AnnulusException(String message, Effect effect, Receipt receipt, Throwable cause) {
        super(message, cause);
        this.effect = Objects.requireNonNull(effect, "effect");
        this.receipt = Objects.requireNonNull(receipt, "receipt");
    }

    /** What is known of the effect. */
    public final Effect effect() {
        return effect;
    }

    /** Who had answered what by then. */
    public final Receipt receipt() {
        return receipt == null ? Receipt.none(0) : receipt;
    }
}
