package io.annulus.api;

/** Enough replicas answered, and yet the guarantee that was asked for was not met. */
public final class GuaranteeNotMetException extends AnnulusException {

    private static final long serialVersionUID = 1L;

    public GuaranteeNotMetException(String message, Effect effect, Receipt receipt) {
        super(message, effect, receipt, null);
    }
}
