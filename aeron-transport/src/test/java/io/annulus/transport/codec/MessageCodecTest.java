package io.annulus.transport.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.message.Message;
import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.transport.DeepEquality;
import io.annulus.transport.RandomMessages;
import io.annulus.transport.sbe.MessageHeaderDecoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageCodecTest {

    private final MessageEncoder encoder = new MessageEncoder();
    private final MessageDecoder decoder = new MessageDecoder();

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(Verb verb) throws MalformedMessageException {
        RandomMessages messages = new RandomMessages(17);
        for (int i = 0; i < 300; i++) {
            Message message = messages.next(verb, 5_000);
            byte[] bytes = bytes(message);
            Message read = decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length);
            DeepEquality.assertSame(message, read);
        }
    }

    @Test
    void valuesOfZeroAndOf16MebibytesAreRead() throws MalformedMessageException {
        for (int size : new int[] {0, 1, 16 << 20}) {
            WriteRequest request = new WriteRequest(1, 2, "k", Optional.empty(), new byte[] {1}, new byte[size]);
            byte[] bytes = bytes(request);
            DeepEquality.assertSame(request, decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyShorterOrLongerStretchIsRefused(Verb verb) {
        byte[] bytes = bytes(new RandomMessages(18).next(verb, 100));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(MalformedMessageException.class, () -> decoder.decode(new UnsafeBuffer(cut), 0, cut.length));
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(MalformedMessageException.class, () -> decoder.decode(new UnsafeBuffer(longer), 0, longer.length));
    }

    @ParameterizedTest
    @EnumSource
    void damagedBytesAreAMessageOrRefused(Verb verb) {
        RandomMessages messages = new RandomMessages(19);
        Random random = messages.random();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = bytes(messages.next(verb, 50));
            int damages = 1 + random.nextInt(4);
            for (int k = 0; k < damages; k++) {
                bytes[random.nextInt(Math.min(bytes.length, 200))] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            refused += isRefused(bytes, length) ? 1 : 0;
        }
        assertTrue(refused > 1_000, "refused " + refused);
    }

    /** Any exception but the one fails the test. */
    private boolean isRefused(byte[] bytes, int length) {
        try {
            Message message = decoder.decode(new UnsafeBuffer(bytes), 0, length);
            assertTrue(message.verb() != null);
            return false;
        } catch (MalformedMessageException e) {
            assertTrue(!e.getMessage().isBlank());
            return true;
        }
    }

    @Test
    void aLengthThatLiesAllocatesNothing() {
        byte[] bytes = bytes(new WriteRequest(1, 2, "k", Optional.empty(), new byte[1], new byte[8]));
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int lie : new int[] {9, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            buffer.putInt(bytes.length - 12, lie, ByteOrder.LITTLE_ENDIAN);
            assertThrows(MalformedMessageException.class, () -> decoder.decode(buffer, 0, bytes.length));
        }
    }

    @Test
    void aNewerSchemaIsRefusedWithBothVersions() {
        byte[] bytes = bytes(new RingRequest(5));
        new UnsafeBuffer(bytes)
                .putShort(MessageHeaderDecoder.versionEncodingOffset(), (short) 9, ByteOrder.LITTLE_ENDIAN);
        MalformedMessageException refusal = assertThrows(
                MalformedMessageException.class, () -> decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length));
        assertEquals("message of schema version 9; this node reads up to 0: upgrade it", refusal.getMessage());
    }

    @Test
    void anInvariantOfARecordIsHeld() {
        // Arc bits that do not fit the owners.
        byte[] bytes = bytes(new RandomMessages(20).next(Verb.RING_REPLY, 0));
        bytes[MessageHeaderDecoder.ENCODED_LENGTH + 8] ^= 1;
        assertThrows(MalformedMessageException.class, () -> decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length));
    }

    @Test
    void aTextAboveTheSchemaIsNamed() {
        WriteRequest request = new WriteRequest(1, 2, "k".repeat(70_000), Optional.empty(), new byte[1], new byte[1]);
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> encoder.encode(request, new ExpandableArrayBuffer(), 0));
        assertEquals("keyspace of 70000 bytes is above 65534", refusal.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void theEstimateIsNearTheTruthWhereItMatters(Verb verb) {
        RandomMessages messages = new RandomMessages(21);
        for (int i = 0; i < 100; i++) {
            Message message = messages.next(verb, 100_000);
            long estimate = MessageSize.estimate(message);
            int length = bytes(message).length;
            assertTrue(estimate > length / 4 - 2_000 && estimate < length + 8_000, estimate + " for " + length);
        }
    }

    @Test
    void bytesOfTheFirstSchemaAreStillRead() throws MalformedMessageException {
        // A WRITE_REPLY as the first release wrote it: header, request id 258, status FENCED, durability SYNCED.
        byte[] sample = {10, 0, 5, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 3, 2};
        WriteReply read = (WriteReply) decoder.decode(new UnsafeBuffer(sample), 0, sample.length);
        assertEquals("WriteReply[requestId=258, status=FENCED, durability=SYNCED]", read.toString());
        assertTrue(Arrays.equals(sample, bytes(read)));
    }

    private byte[] bytes(Message message) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64);
        int length = encoder.encode(message, buffer, 3);
        return Arrays.copyOfRange(buffer.byteArray(), 3, 3 + length);
    }
}
