package io.annulus.storage.merge;

/** A value was looked for in a file that has been deleted meanwhile: a newer view of the table has the answer. */
public final class ValueGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The file of that name is gone. */
    public ValueGoneException(String file) {
        super("value file " + file + " was deleted while it was read; look again");
    }
}
