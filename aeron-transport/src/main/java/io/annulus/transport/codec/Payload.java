package io.annulus.transport.codec;

import io.annulus.api.message.Verb;
import io.annulus.transport.sbe.Flag;
import io.annulus.transport.sbe.MessageHeaderDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of one message while they are read: a view of exactly them, and of the data part read last. A generated decoder
 * that wraps the part checks its length against the view, so nothing is allocated for a length that is a lie.
 */
final class Payload {

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer part = new UnsafeBuffer(0, 0);
    private Verb verb = Verb.GOSSIP;

    void wrap(DirectBuffer buffer, int offset, int length) {
        view.wrap(buffer, offset, length);
    }

    void begin(Verb newVerb, int blockLength, int expected) throws MalformedMessageException {
        verb = newVerb;
        if (blockLength != expected || MessageHeaderDecoder.ENCODED_LENGTH + expected > view.capacity()) {
            throw new MalformedMessageException(verb + " of " + view.capacity() + " bytes with fixed fields of "
                    + blockLength + " bytes, not " + expected);
        }
    }

    /** Where the generated decoder finds the fixed fields. */
    DirectBuffer view() {
        return view;
    }

    /** For the wrap methods of a generated decoder; then ask for what it holds. */
    DirectBuffer part() {
        return part;
    }

    byte[] bytes() {
        byte[] copy = new byte[part.capacity()];
        part.getBytes(0, copy);
        return copy;
    }

    Optional<byte[]> optionalBytes(Flag present) throws MalformedMessageException {
        return there(present) ? Optional.of(bytes()) : Optional.empty();
    }

    Optional<String> optionalText(Flag present) throws MalformedMessageException {
        return there(present) ? Optional.of(text()) : Optional.empty();
    }

    String text() throws MalformedMessageException {
        byte[] utf8 = bytes();
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(utf8, text.getBytes(StandardCharsets.UTF_8))) {
            throw new MalformedMessageException(verb + " has a text that is not UTF-8: '" + text + "'");
        }
        return text;
    }

    boolean isSet(Flag flag) throws MalformedMessageException {
        return switch (flag) {
            case NO -> false;
            case YES -> true;
            case NULL_VAL -> throw unknown("flag", flag);
        };
    }

    /** Checks the head of a group before its entries are read. */
    void group(String name, int blockLength, int expected, int count) throws MalformedMessageException {
        if (blockLength != expected || (long) count * expected > view.capacity()) {
            throw new MalformedMessageException(verb + " of " + view.capacity() + " bytes has " + count + " " + name
                    + " of " + blockLength + " bytes, not " + expected);
        }
    }

    /** Checks that nothing is left. */
    void end(int limit) throws MalformedMessageException {
        if (limit != view.capacity()) {
            throw new MalformedMessageException(
                    verb + " ends at byte " + limit + " of " + view.capacity() + "; nothing may follow");
        }
    }

    MalformedMessageException unknown(String what, Enum<?> code) {
        return new MalformedMessageException(verb + " has the unknown " + what + " " + code);
    }

    private boolean there(Flag present) throws MalformedMessageException {
        boolean there = isSet(present);
        if (!there && part.capacity() != 0) {
            throw new MalformedMessageException(
                    verb + " has " + part.capacity() + " bytes of a part that it says is missing");
        }
        return there;
    }
}
