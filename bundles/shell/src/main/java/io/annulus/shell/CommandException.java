package io.annulus.shell;

/** A command that did not do what it was asked to; the message says why, what is known of the effect, and the mend. */
public final class CommandException extends Exception {

    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
