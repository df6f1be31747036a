package io.annulus.transport;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.CoordinateReply;
import io.annulus.api.message.CoordinateRequest;
import io.annulus.api.message.Gossip;
import io.annulus.api.message.Message;
import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.message.RingReply;
import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.message.WriteOutcome;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.storage.Durability;
import io.annulus.api.version.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Messages of random contents from a seed, which is printed and can be given back by {@code -Dannulus.seed}. */
public final class RandomMessages {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

    private final Random random;

    /** A generator with the seed of the property, or the given one. */
    public RandomMessages(long defaultSeed) {
        long seed = Long.getLong("annulus.seed", defaultSeed);
        System.out.println("seed " + seed);
        random = new Random(seed);
    }

    /** The generator beneath. */
    public Random random() {
        return random;
    }

    /** A message of a verb; its blobs have up to {@code maxBytes} bytes. */
    public Message next(Verb verb, int maxBytes) {
        return switch (verb) {
            case GOSSIP -> new Gossip(random.nextBoolean(), members());
            case RING_REQUEST -> new RingRequest(random.nextLong());
            case RING_REPLY -> new RingReply(ring());
            case WRITE_REQUEST ->
                new WriteRequest(
                        random.nextLong(), random.nextLong(), text(), maybe(node()), bytes(1024), bytes(maxBytes));
            case WRITE_REPLY ->
                new WriteReply(random.nextLong(), one(ReplicaStatus.values()), one(Durability.values()));
            case READ_REQUEST ->
                new ReadRequest(random.nextLong(), random.nextLong(), text(), random.nextBoolean(), bytes(1024));
            case READ_REPLY ->
                new ReadReply(
                        random.nextLong(),
                        one(ReplicaStatus.values()),
                        random.nextBoolean(),
                        random.nextLong(),
                        maybe(bytes(maxBytes)));
            case COORDINATE_REQUEST ->
                new CoordinateRequest(
                        random.nextLong(),
                        random.nextLong(),
                        text(),
                        random.nextInt(),
                        random.nextBoolean(),
                        random.nextInt(),
                        random.nextLong(),
                        bytes(1024),
                        bytes(200),
                        maybe(bytes(maxBytes)));
            case COORDINATE_REPLY ->
                new CoordinateReply(
                        random.nextLong(),
                        one(WriteOutcome.values()),
                        maybe(new Dot(random.nextLong(), 1 + random.nextInt(1 << 30))),
                        random.nextInt(),
                        bytes(200),
                        receipt(),
                        text());
        };
    }

    /** Up to so many random bytes. */
    public byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            members.add(new Member(
                    node(),
                    endpoint(),
                    random.nextLong(),
                    text(),
                    random.nextInt(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong()));
        }
        return members;
    }

    private RingDescription ring() {
        List<RingMember> members = new ArrayList<>();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            members.add(new RingMember(node(), endpoint(), random.nextLong(), text(), random.nextInt()));
        }
        int arcBits = random.nextInt(11);
        int[] owners = random.ints(1 << arcBits, 0, members.size()).toArray();
        return new RingDescription(1 + random.nextInt(1 << 30), arcBits, members, owners);
    }

    private Receipt receipt() {
        List<ReplicaAnswer> replicas = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            replicas.add(new ReplicaAnswer(
                    text(), one(ReplicaAnswer.Role.values()), one(ReplicaAnswer.Outcome.values()), text()));
        }
        return new Receipt(
                one(Guarantee.values()),
                random.nextLong(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                replicas);
    }

    private NodeId node() {
        StringBuilder name = new StringBuilder();
        for (int i = 1 + random.nextInt(NodeId.MAX_BYTES); i > 0; i--) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new NodeId(name.toString());
    }

    private Endpoint endpoint() {
        return new Endpoint("h" + text(), 1 + random.nextInt(65535));
    }

    /** Any characters but halves of surrogate pairs. */
    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.appendCodePoint(random.nextBoolean() ? random.nextInt(128) : 0xE000 + random.nextInt(0x10000));
        }
        return text.toString();
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
