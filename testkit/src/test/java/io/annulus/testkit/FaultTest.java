package io.annulus.testkit;

import static io.annulus.testkit.Stages.await;
import static io.annulus.testkit.Stages.bytes;
import static io.annulus.testkit.Stages.failureOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.annulus.api.AnnulusException;
import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.Keyspace;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(AnnulusExtension.class)
class FaultTest {

    private static final byte[] KEY = bytes("key");
    private static final byte[] VALUE = bytes("value");

    @ParameterizedTest
    @CsvSource({
        "WRITE_LOST, OutcomeUnknownException, UNKNOWN, 5, 0",
        "WRITE_UNACKNOWLEDGED, OutcomeUnknownException, UNKNOWN, 5, 1",
        "WRITE_UNAVAILABLE, UnavailableException, NOT_APPLIED, 0, 0",
        "WRITE_OVERLOADED, OverloadedException, NOT_APPLIED, 0, 0"
    })
    void faultOfAWrite(
            Fault fault,
            String exception,
            Effect effect,
            int seconds,
            int values,
            TestCluster cluster,
            Keyspace keyspace) {
        cluster.failNext(fault);
        Duration before = cluster.time();
        AnnulusException failure = assertInstanceOf(AnnulusException.class, failureOf(keyspace.put(KEY, VALUE)));
        assertEquals(exception, failure.getClass().getSimpleName());
        assertEquals(effect, failure.effect());
        assertEquals(before.plusSeconds(seconds), cluster.time());
        assertEquals(values, await(keyspace.get(KEY)).values().size());
    }

    @ParameterizedTest
    @CsvSource({
        "READ_UNAVAILABLE, UnavailableException",
        "READ_OVERLOADED, OverloadedException",
        "READ_CORRUPT, CorruptRangeException",
        "READ_GUARANTEE_NOT_MET, GuaranteeNotMetException"
    })
    void faultOfARead(Fault fault, String exception, TestCluster cluster, Keyspace keyspace) {
        cluster.failNext(fault);
        await(keyspace.put(KEY, VALUE));
        AnnulusException failure = assertInstanceOf(AnnulusException.class, failureOf(keyspace.get(KEY)));
        assertEquals(exception, failure.getClass().getSimpleName());
        assertEquals(Effect.NOT_APPLIED, failure.effect());
        assertEquals(1, await(keyspace.get(KEY)).values().size());
    }

    @Test
    void faultsComeInTheirOrder(TestCluster cluster, Keyspace keyspace) {
        cluster.failNext(Fault.WRITE_UNAVAILABLE, 2);
        cluster.failNext(Fault.WRITE_LOST);
        assertInstanceOf(UnavailableException.class, failureOf(keyspace.put(KEY, VALUE)));
        assertInstanceOf(UnavailableException.class, failureOf(keyspace.put(KEY, VALUE)));
        assertInstanceOf(OutcomeUnknownException.class, failureOf(keyspace.put(KEY, VALUE)));
        await(keyspace.put(KEY, VALUE));
    }

    @Test
    void updateMeetsBothKinds(TestCluster cluster, Keyspace keyspace) {
        cluster.failNext(Fault.WRITE_UNACKNOWLEDGED);
        cluster.failNext(Fault.READ_OVERLOADED);
        CompletionStage<?> first = keyspace.update(KEY, values -> Optional.of(VALUE));
        assertEquals("OverloadedException", failureOf(first).getClass().getSimpleName());
        CompletionStage<?> second = keyspace.update(KEY, values -> Optional.of(VALUE));
        assertInstanceOf(OutcomeUnknownException.class, failureOf(second));
        assertEquals(1, await(keyspace.get(KEY)).values().size());
    }
}
