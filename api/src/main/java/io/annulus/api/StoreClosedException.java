package io.annulus.api;

/** The node does not serve: it is starting, stopping or has no ring. Refused before any effect. */
public final class StoreClosedException extends AnnulusException {

    private static final long serialVersionUID = 1L;

    public StoreClosedException(String message, Receipt receipt) {
        super(message, Effect.NOT_APPLIED, receipt, null);
    }
}
