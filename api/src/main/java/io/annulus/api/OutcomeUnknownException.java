package io.annulus.api;

/** A write was sent, and too few replicas acknowledged it in time: some may hold it. */
public final class OutcomeUnknownException extends AnnulusException {

    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message, Receipt receipt) {
        super(message, Effect.UNKNOWN, receipt, null);
    }
}
