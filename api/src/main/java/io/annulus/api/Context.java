package io.annulus.api;

import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * What a client has seen of one key: comes with each answer, and goes back with a put or delete to say what that replaces.
 * Opaque; keep it as bytes or text, and never edit it. Immutable.
 */
public final class Context {

    /** The context of a client that has seen nothing: a put with it is blind. */
    public static final Context NONE = new Context(new byte[0]);

    private final byte[] bytes;

    private Context(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A context from bytes of {@link #toBytes()}; they are copied, and checked when the context is used. */
    public static Context of(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return bytes.length == 0 ? NONE : new Context(bytes.clone());
    }

    /**
     * A context from the text of {@link #toString()}.
     *
     * @throws IllegalArgumentException when it is not URL-safe base64
     */
    public static Context parse(String text) {
        try {
            return of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "context '" + text + "' is not as it was given out; copy it from an answer, unchanged", e);
        }
    }

    /** Whether this is the context of a client that has seen nothing. */
    public boolean isNone() {
        return bytes.length == 0;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Context that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** URL-safe base64 without padding. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
