package io.annulus.api;

/** Too few replicas can be asked, or a read was answered by too few: nothing was changed. */
public final class UnavailableException extends AnnulusException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String message, Receipt receipt) {
        super(message, Effect.NOT_APPLIED, receipt, null);
    }
}
