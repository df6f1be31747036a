package io.annulus.versioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.annulus.api.version.Dot;
import io.annulus.api.version.Stamp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of values whose time has come (T40: nothing wraps, whatever the bounds). */
class ExpiryTest {

    private static final byte[] BLIND = new byte[0];
    private static final Optional<byte[]> VALUE = Optional.of(new byte[] {1, 2, 3});

    private final RecordVersioning versioning = new RecordVersioning();

    /** The second time is the end of 2038's 32 bits of seconds, the next ones those of 41 and 63 bits of milliseconds. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2_147_483_647_000L, (1L << 41) - 1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void aValueIsThereUntilItsTimeAndNotFromThenOn(long expiry) {
        for (byte[] record : List.of(causal(1, expiry), register(1, expiry))) {
            assertSame(record, versioning.withoutExpired(record, expiry - 1));
            assertSame(record, versioning.withoutExpired(record, 0));
            byte[] rest = versioning.withoutExpired(record, expiry);
            assertNotSame(record, rest);
            assertEquals(List.of(), versioning.view(rest).siblings());
            assertArrayEquals(rest, versioning.withoutExpired(record, Long.MAX_VALUE));
            assertSame(rest, versioning.withoutExpired(rest, Long.MAX_VALUE));
        }
    }

    @Test
    void aValueWithoutExpiryStays() {
        for (byte[] record : List.of(causal(1, 0), register(1, 0))) {
            assertSame(record, versioning.withoutExpired(record, Long.MAX_VALUE));
        }
    }

    @Test
    void siblingsExpireEachAtItsTime() {
        byte[] first = causal(1, 100);
        byte[] both = versioning.update(Optional.of(first), BLIND, new Stamp(new Dot(1, 2), 2, 200), VALUE);
        byte[] later = versioning.withoutExpired(both, 150);
        assertEquals(1, versioning.view(later).siblings().size());
        assertArrayEquals(versioning.withoutExpired(both, 200), versioning.withoutExpired(later, 200));
    }

    @Test
    void noCopyBringsAnExpiredValueBack() {
        for (byte[] record : List.of(causal(1, 100), register(1, 100))) {
            byte[] rest = versioning.withoutExpired(record, 100);
            assertArrayEquals(rest, versioning.join(record, rest));
            assertArrayEquals(rest, versioning.join(rest, record));
        }
    }

    @Test
    void aLaterWriteWinsOverWhatIsLeft() {
        byte[] rest = versioning.withoutExpired(register(1, 100), 100);
        byte[] later = register(2, 0);
        assertSame(later, versioning.join(rest, later));
    }

    private byte[] causal(long sequence, long expiry) {
        return versioning.update(Optional.empty(), BLIND, new Stamp(new Dot(1, sequence), sequence, expiry), VALUE);
    }

    private byte[] register(long sequence, long expiry) {
        return versioning.register(new Stamp(new Dot(1, sequence), sequence, expiry), VALUE);
    }
}
