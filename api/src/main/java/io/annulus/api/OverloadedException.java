package io.annulus.api;

/** A queue, memory or the disk is full: refused before any effect. Try again later. */
public final class OverloadedException extends AnnulusException {

    private static final long serialVersionUID = 1L;

    public OverloadedException(String message, Receipt receipt) {
        super(message, Effect.NOT_APPLIED, receipt, null);
    }
}
