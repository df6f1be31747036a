package io.annulus.testkit;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test method fresh nodes in memory. Test and {@code @BeforeEach} methods take them as parameters of type
 * {@link Keyspace}, perhaps with {@link InKeyspace}, and {@link TestCluster}.
 *
 * <pre>
 * &#64;ExtendWith(AnnulusExtension.class)                     // one node with a causal keyspace "default"
 *
 * &#64;RegisterExtension
 * final AnnulusExtension annulus = AnnulusExtension.cluster(3).keyspace("carts", KeyspaceMode.CAUSAL).seed(7);
 * </pre>
 *
 * <p>A failed test names its seed; {@code -Dannulus.seed=N} runs all tests with that one. Immutable; any thread.
 */
public final class AnnulusExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    /** Name of the only keyspace where none is configured. */
    public static final String DEFAULT_KEYSPACE = "default";

    /** The system property that takes the place of every seed. */
    public static final String SEED_PROPERTY = "annulus.seed";

    private static final int COPIES = 3;
    private static final String KEY = "cluster";

    private final int nodes;
    private final List<KeyspaceSettings> keyspaces;
    private final long seed;

    /** One node with a causal keyspace {@value #DEFAULT_KEYSPACE}. */
    public AnnulusExtension() {
        this(1, List.of(), 1);
    }

    private AnnulusExtension(int nodes, List<KeyspaceSettings> keyspaces, long seed) {
        this.nodes = nodes;
        this.keyspaces = List.copyOf(keyspaces);
        this.seed = seed;
    }

    /** So many nodes in racks of their own, 1 to 16; with the keyspace {@value #DEFAULT_KEYSPACE} unless others are added. */
    public static AnnulusExtension cluster(int nodes) {
        TestCluster.checkSize(nodes);
        return new AnnulusExtension(nodes, List.of(), 1);
    }

    /** The same with one more keyspace, of N = 3 and majorities for R and W. */
    public AnnulusExtension keyspace(String name, KeyspaceMode mode) {
        return keyspace(KeyspaceSettings.of(name, mode, COPIES));
    }

    /** The same with one more keyspace. */
    public AnnulusExtension keyspace(KeyspaceSettings settings) {
        List<KeyspaceSettings> more = new ArrayList<>(keyspaces);
        more.add(settings);
        return new AnnulusExtension(nodes, more, seed);
    }

    /** The same with another seed than 1. */
    public AnnulusExtension seed(long newSeed) {
        return new AnnulusExtension(nodes, keyspaces, newSeed);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        List<KeyspaceSettings> served = keyspaces.isEmpty()
                ? List.of(KeyspaceSettings.of(DEFAULT_KEYSPACE, KeyspaceMode.CAUSAL, COPIES))
                : keyspaces;
        context.getStore(namespace()).put(KEY, TestCluster.start(nodes, served, seedInUse()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestCluster cluster = context.getStore(namespace()).remove(KEY, TestCluster.class);
        if (cluster != null) {
            context.getExecutionException().ifPresent(failure -> failure.addSuppressed(new FailedWithSeed(cluster)));
            cluster.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Keyspace.class || type == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestCluster cluster = context.getStore(namespace()).get(KEY, TestCluster.class);
        if (cluster == null) {
            throw new ParameterResolutionException("parameter " + parameter.getParameter() + " of "
                    + parameter.getDeclaringExecutable()
                    + " comes too early, as nodes live for one test method; take it"
                    + " in the test method or in @BeforeEach");
        }
        if (parameter.getParameter().getType() == TestCluster.class) {
            return cluster;
        }
        Optional<InKeyspace> named = parameter.findAnnotation(InKeyspace.class);
        return cluster.keyspace(
                named.map(InKeyspace::value).filter(name -> !name.isEmpty()).orElseGet(() -> onlyKeyspace(cluster)),
                named.map(InKeyspace::node).orElse(1));
    }

    private static String onlyKeyspace(TestCluster cluster) {
        List<String> names = cluster.keyspaces();
        if (names.size() != 1) {
            throw new ParameterResolutionException(
                    "there are the keyspaces " + names + "; say which with @InKeyspace(\"" + names.get(0) + "\")");
        }
        return names.get(0);
    }

    private long seedInUse() {
        String text = System.getProperty(SEED_PROPERTY);
        if (text == null) {
            return seed;
        }
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    SEED_PROPERTY + " = '" + text + "' is not a whole number; give the one that a failed test named",
                    e);
        }
    }

    private Namespace namespace() {
        return Namespace.create(this);
    }
}
