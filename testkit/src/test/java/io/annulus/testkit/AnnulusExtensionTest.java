package io.annulus.testkit;

import static io.annulus.testkit.Stages.await;
import static io.annulus.testkit.Stages.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.ReadResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

@ExtendWith(AnnulusExtension.class)
class AnnulusExtensionTest {

    @BeforeEach
    void filled(Keyspace keyspace) {
        assertInstanceOf(ReadResult.Absent.class, await(keyspace.get(bytes("key"))));
        await(keyspace.put(bytes("key"), bytes("value")));
    }

    @RepeatedTest(2)
    void eachTestMethodHasAStoreOfItsOwn(Keyspace keyspace) {
        assertEquals(AnnulusExtension.DEFAULT_KEYSPACE, keyspace.settings().name());
        assertEquals(KeyspaceMode.CAUSAL, keyspace.settings().mode());
        assertEquals(1, await(keyspace.get(bytes("key"))).values().size());
    }

    @Test
    void failedTestNamesItsSeed() {
        Throwable failure = failureOf(Fails.class);
        assertEquals("planted", failure.getMessage());
        String text = failure.getSuppressed()[0].toString();
        assertTrue(
                text.contains("repeat it with -Dannulus.seed=" + Long.getLong(AnnulusExtension.SEED_PROPERTY, 77)),
                text);
    }

    @Test
    void oneOfSeveralKeyspacesMustBeNamed() {
        String text = failureOf(NamesNoKeyspace.class).getMessage();
        assertTrue(
                text.contains("there are the keyspaces [carts, prices]; say which with @InKeyspace(\"carts\")"), text);
    }

    @Test
    void parameterOfAConstructorComesTooEarly() {
        String text = failureOf(AsksTooEarly.class).getMessage();
        assertTrue(text.contains("comes too early") && text.contains("@BeforeEach"), text);
    }

    @Test
    void propertyTakesThePlaceOfTheSeed() {
        String former = System.getProperty(AnnulusExtension.SEED_PROPERTY);
        try {
            System.setProperty(AnnulusExtension.SEED_PROPERTY, "12");
            String text = failureOf(Fails.class).getSuppressed()[0].toString();
            assertTrue(text.contains("-Dannulus.seed=12"), text);
            System.setProperty(AnnulusExtension.SEED_PROPERTY, "twelve");
            assertEquals(
                    "annulus.seed = 'twelve' is not a whole number; give the one that a failed test named",
                    failureOf(Fails.class).getMessage());
        } finally {
            if (former == null) {
                System.clearProperty(AnnulusExtension.SEED_PROPERTY);
            } else {
                System.setProperty(AnnulusExtension.SEED_PROPERTY, former);
            }
        }
    }

    private static Throwable failureOf(Class<?> planted) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(planted))
                                .build(),
                        listener);
        var failures = listener.getSummary().getFailures();
        assertEquals(1, failures.size(), planted::getName);
        return failures.get(0).getException();
    }

    static class Fails {
        @RegisterExtension
        final AnnulusExtension annulus = AnnulusExtension.cluster(1).seed(77);

        @Test
        void fails(Keyspace keyspace) {
            throw new AssertionError("planted");
        }
    }

    static class NamesNoKeyspace {
        @RegisterExtension
        final AnnulusExtension annulus = AnnulusExtension.cluster(1)
                .keyspace("carts", KeyspaceMode.CAUSAL)
                .keyspace("prices", KeyspaceMode.LAST_WRITE_WINS);

        @Test
        void asks(Keyspace keyspace) {
            throw new AssertionError("never called");
        }
    }

    @ExtendWith(AnnulusExtension.class)
    static class AsksTooEarly {
        private final Keyspace keyspace;

        AsksTooEarly(Keyspace keyspace) {
            this.keyspace = keyspace;
        }

        @Test
        void asks() {
            throw new AssertionError("never called with " + keyspace);
        }
    }
}
