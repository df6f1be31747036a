package io.annulus.transport.codec;

import io.annulus.transport.sbe.Flag;
import java.nio.charset.StandardCharsets;

/** What the encoders share. */
final class Texts {

    /** Longest text; the greatest uint16 means "null" to SBE. */
    static final int MAX_BYTES = 65_534;

    private Texts() {}

    static byte[] utf8(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(name + " of " + bytes.length + " bytes is above " + MAX_BYTES);
        }
        return bytes;
    }

    static int count(String name, int count) {
        if (count > MAX_BYTES) {
            throw new IllegalArgumentException(count + " " + name + " are above " + MAX_BYTES);
        }
        return count;
    }

    static Flag flag(boolean set) {
        return set ? Flag.YES : Flag.NO;
    }
}
