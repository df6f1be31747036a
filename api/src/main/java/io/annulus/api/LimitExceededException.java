package io.annulus.api;

/** A limit on size or number was exceeded: refused before any effect. */
public final class LimitExceededException extends AnnulusException {

    private static final long serialVersionUID = 1L;

    public LimitExceededException(String message, Receipt receipt) {
        super(message, Effect.NOT_APPLIED, receipt, null);
    }
}
