package io.annulus.versioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.Dot;
import io.annulus.api.version.RecordKind;
import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import io.annulus.api.version.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordVersioningTest {

    private static final byte[] BLIND = new byte[0];

    private final RecordVersioning versioning = new RecordVersioning();

    private static Stamp stamp(long origin, long sequence) {
        return new Stamp(new Dot(origin, sequence), 1000 + sequence, 0);
    }

    private static Optional<byte[]> value(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> values(byte[] record) {
        return versioning.view(record).siblings().stream()
                .map(sibling -> new String(sibling.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private byte[] context(byte[] record) {
        return versioning.view(record).context();
    }

    @Test
    void theRegisterOfGreaterRankIsTheJoin() {
        long[] timestamps = {1, 5, Long.MAX_VALUE, Long.MIN_VALUE, -1};
        byte[] last = versioning.register(new Stamp(new Dot(9, 9), 0, 0), value("0"));
        for (long timestamp : timestamps) {
            byte[] next = versioning.register(new Stamp(new Dot(1, 1), timestamp, 0), Optional.empty());
            assertTrue(versioning.rank(next) > versioning.rank(last), "rank of timestamp " + timestamp);
            assertSame(next, versioning.join(last, next));
            last = next;
        }
    }

    @Test
    void recordsThatMustBeJoinedHaveNoRank() {
        byte[] causal = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("a"));
        assertEquals(RecordVersioning.NO_RANK, versioning.rank(causal));
        assertEquals(RecordVersioning.NO_RANK, versioning.rank(new byte[3]));
    }

    @Test
    void blindPutsBecomeSiblings() {
        byte[] first = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("a"));
        byte[] second = versioning.update(Optional.of(first), BLIND, stamp(1, 7), value("b"));

        assertEquals(List.of("a", "b"), values(second));
    }

    @Test
    void putWithContextReplacesWhatItHasSeenOnly() {
        byte[] first = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("a"));
        byte[] second = versioning.update(Optional.of(first), BLIND, stamp(1, 2), value("b"));
        byte[] third = versioning.update(Optional.of(second), context(first), stamp(1, 3), value("c"));

        assertEquals(List.of("b", "c"), values(third));
        assertEquals(
                List.of("d"), values(versioning.update(Optional.of(third), context(third), stamp(1, 4), value("d"))));
    }

    @Test
    void deleteLeavesATombstoneThatKeepsOldCopiesDead() {
        byte[] put = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("a"));
        byte[] deleted = versioning.update(Optional.of(put), context(put), stamp(1, 2), Optional.empty());

        assertEquals(List.of(), values(deleted));
        assertTrue(context(deleted).length > 0);
        assertSame(deleted, versioning.join(put, deleted));
        assertEquals(1002, versioning.view(deleted).timestamp());
    }

    @Test
    void deleteSparesWhatItHasNotSeen() {
        byte[] first = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("a"));
        byte[] second = versioning.update(Optional.of(first), BLIND, stamp(1, 2), value("b"));
        byte[] deleted = versioning.update(Optional.of(second), context(first), stamp(1, 3), Optional.empty());

        assertEquals(List.of("b"), values(deleted));
    }

    @Test
    void ownersContextStaysAtOneEntryWhateverItWrites() {
        byte[] record = versioning.update(Optional.empty(), BLIND, stamp(1, 10), value("0"));
        for (int i = 1; i <= 100; i++) {
            record = versioning.update(
                    Optional.of(record), context(record), stamp(1, 10 + 17L * i), value(Integer.toString(i)));
        }

        assertEquals(List.of("100"), values(record));
        assertEquals(9 + 16 + 4, context(record).length);
    }

    @Test
    void deltaJoinsAndCoversNothingOfItsOwnOriginButItsDot() {
        byte[] first = versioning.delta(BLIND, stamp(9, 5), value("standby-5"));
        byte[] second = versioning.delta(BLIND, stamp(9, 8), value("standby-8"));
        byte[] owner = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("owner"));

        byte[] joined = versioning.join(versioning.join(second, owner), first);

        assertEquals(List.of("owner", "standby-5", "standby-8"), values(joined));
    }

    @Test
    void deltaDeleteCoversItsContext() {
        byte[] put = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("a"));
        byte[] delete = versioning.delta(context(put), stamp(9, 5), Optional.empty());

        assertEquals(List.of(), values(versioning.join(put, delete)));
    }

    @Test
    void fabricatedContextIsRefused() {
        byte[] later = context(versioning.update(Optional.empty(), BLIND, stamp(1, 50), value("a")));

        assertThrows(
                IllegalArgumentException.class,
                () -> versioning.update(Optional.empty(), later, stamp(1, 20), value("b")));
        assertThrows(IllegalArgumentException.class, () -> versioning.delta(later, stamp(1, 50), value("b")));
    }

    @Test
    void dotThatTheLocalRecordHasSeenIsRefused() {
        byte[] local = versioning.update(Optional.empty(), BLIND, stamp(1, 50), value("a"));

        assertThrows(
                IllegalStateException.class,
                () -> versioning.update(Optional.of(local), BLIND, stamp(1, 50), value("b")));
    }

    @Test
    void malformedContextsAreRefusedByName() {
        byte[] good = context(versioning.update(Optional.empty(), BLIND, stamp(1, 50), value("a")));
        versioning.verifyContext(good);
        versioning.verifyContext(BLIND);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(IllegalArgumentException.class, () -> versioning.verifyContext(bad), "bit " + bit);
        }
        assertThrows(IllegalArgumentException.class, () -> versioning.verifyContext(new byte[] {1}));
    }

    @Test
    void hostileCountsAreRefusedBeforeAnythingIsAllocated() {
        byte[] context = new byte[13];
        context[0] = 1;
        Bytes.putInt(context, 1, Integer.MAX_VALUE);
        Bytes.seal(context);
        byte[] record = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("a"));
        Bytes.putInt(record, 18, Integer.MAX_VALUE);
        Bytes.seal(record);

        assertThrows(IllegalArgumentException.class, () -> versioning.verifyContext(context));
        assertThrows(CorruptRecordException.class, () -> versioning.verify(record));
    }

    @Test
    void keyOfTooManySingleVersionsIsRefusedBeforeItsRecordCannotBeRead() {
        List<Dot> dots = new ArrayList<>();
        for (int i = 1; i <= RecordVersioning.MAX_WRITTEN; i++) {
            dots.add(new Dot(9, 2L * i));
        }
        byte[] refused = ContextCodec.encode(CausalContext.of(VersionVector.EMPTY, dots));
        dots.remove(0);
        byte[] fits = ContextCodec.encode(CausalContext.of(VersionVector.EMPTY, dots));

        versioning.verify(versioning.delta(fits, stamp(1, 5), value("b")));
        assertThrows(IllegalArgumentException.class, () -> versioning.delta(refused, stamp(1, 5), value("b")));
        assertThrows(
                IllegalArgumentException.class,
                () -> versioning.update(Optional.empty(), refused, stamp(1, 5), value("b")));
    }

    @Test
    void joinOfContextsCoversBoth() {
        byte[] a = context(versioning.delta(BLIND, stamp(1, 5), value("a")));
        byte[] b = context(versioning.delta(BLIND, stamp(2, 6), value("b")));
        byte[] both = versioning.joinContexts(a, b);

        assertArrayEquals(both, versioning.joinContexts(b, a));
        assertArrayEquals(a, versioning.joinContexts(a, BLIND));
        assertEquals(0, versioning.joinContexts(BLIND, BLIND).length);
    }

    @Test
    void registerKeepsTheLater() {
        byte[] early = versioning.register(new Stamp(new Dot(-1, 9), 5, 0), value("early"));
        byte[] late = versioning.register(new Stamp(new Dot(1, 2), -5, 77), value("late"));

        assertSame(late, versioning.join(early, late));
        assertSame(late, versioning.join(late, early));
        Versioned kept = versioning.view(late).siblings().get(0);
        assertEquals(77, kept.expiryMillis());
        assertEquals(-5, kept.timestamp());
    }

    @Test
    void registerOfOneInstantIsOrderedByDot() {
        byte[] low = versioning.register(new Stamp(new Dot(1, 9), 5, 0), value("low"));
        byte[] high = versioning.register(new Stamp(new Dot(-1, 2), 5, 0), Optional.empty());

        assertSame(high, versioning.join(low, high));
        RecordView view = versioning.view(high);
        assertEquals(RecordKind.LAST_WRITE_WINS, view.kind());
        assertEquals(List.of(), view.siblings());
        assertEquals(0, view.context().length);
    }

    @Test
    void kindsDoNotMix() {
        byte[] causal = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("a"));
        byte[] register = versioning.register(stamp(1, 1), value("a"));

        String message = assertThrows(CorruptRecordException.class, () -> versioning.join(causal, register))
                .getMessage();

        assertTrue(message.contains("CAUSAL") && message.contains("LAST_WRITE_WINS"), message);
        assertThrows(
                CorruptRecordException.class,
                () -> versioning.update(Optional.of(register), BLIND, stamp(1, 2), value("b")));
    }

    @Test
    void joinReturnsTheArrayThatHoldsAll() {
        byte[] first = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("a"));
        byte[] second = versioning.update(Optional.of(first), context(first), stamp(1, 2), value("b"));

        assertSame(second, versioning.join(first, second));
        assertSame(second, versioning.join(second, first));
        assertSame(second, versioning.join(second, second.clone()));
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] one = versioning.update(Optional.empty(), BLIND, stamp(1, 1), value("first"));
        byte[] causal = versioning.join(one, versioning.delta(BLIND, stamp(2, 3), value("second")));
        for (byte[] record : List.of(causal, versioning.register(stamp(1, 1), value("value")))) {
            versioning.verify(record);
            for (int bit = 0; bit < record.length * 8; bit++) {
                byte[] bad = record.clone();
                bad[bit / 8] ^= (byte) (1 << bit % 8);
                assertThrows(CorruptRecordException.class, () -> versioning.verify(bad), "bit " + bit);
                assertNotEquals(versioning.digest(record), versioning.digest(bad));
            }
            for (int length = 0; length < record.length; length++) {
                byte[] cut = Arrays.copyOf(record, length);
                assertThrows(CorruptRecordException.class, () -> versioning.verify(cut), "cut to " + length);
            }
        }
    }

    @Test
    void unknownFormatIsRefusedWithBothNumbers() {
        byte[] record = versioning.register(stamp(1, 1), value("a"));
        record[0] = 2;

        String message = assertThrows(CorruptRecordException.class, () -> versioning.view(Bytes.seal(record)))
                .getMessage();

        assertTrue(message.contains("format 2") && message.contains("format 1"), message);
    }
}
