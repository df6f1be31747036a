package io.annulus.transport.codec;

/** Bytes that should have been a message and are none; the text names what is wrong with them. */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1;

    /** Without a stack trace: a peer that sends rubbish must not cost much. */
    MalformedMessageException(String text, Throwable cause) {
        super(text, cause, false, false);
    }

    MalformedMessageException(String text) {
        this(text, null);
    }
}
