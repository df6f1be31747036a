package io.annulus.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PutRequestTest {

    private static final byte[] NOTHING = new byte[0];

    /** A time to live counts from now, and never wraps (T40). */
    @ParameterizedTest
    @CsvSource({
        "0, 1700000000000, 0",
        "5, 1700000000000, 1700000000005",
        "9223372036854775807, 1700000000000, 9223372036854775807",
        "9223370336854775807, 1700000000000, 9223372036854775807",
        "9223370336854775806, 1700000000000, 9223372036854775806",
        "9223372036854775807, 0, 9223372036854775807",
    })
    void expirySaturates(long ttl, long now, long expiry) {
        PutRequest request = new PutRequest(NOTHING, NOTHING, Optional.of(NOTHING), 0, false, 100, ttl);
        assertEquals(expiry, request.command(now).expiryMillis());
    }
}
