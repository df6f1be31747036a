package io.annulus.api;

/** A damaged range of a replica might hold the key, and too few others answered: the key is not known to be absent. */
public final class CorruptRangeException extends AnnulusException {

    private static final long serialVersionUID = 1L;

    public CorruptRangeException(String message, Receipt receipt) {
        super(message, Effect.NOT_APPLIED, receipt, null);
    }
}
