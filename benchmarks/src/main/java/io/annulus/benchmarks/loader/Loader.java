package io.annulus.benchmarks.loader;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.launcher.AnnulusNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts every line of an input at W=2 and reads all back at R=2; exits with 1 when a line is missing or different. */
public final class Loader {

    private static final int FIRST_PORT = 7811;
    private static final int RETRIES = 20;

    private final LoaderOptions options;
    private final List<String> lines;
    private final List<NodeProcess> others = new ArrayList<>();
    private final LongAdder retried = new LongAdder();

    private Loader(LoaderOptions options) throws IOException {
        this.options = options;
        this.lines = Lines.of(options.input());
    }

    public static void main(String[] arguments) throws Exception {
        Loader loader;
        try {
            loader = new Loader(LoaderOptions.parse(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(loader.run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        Files.createDirectories(options.state());
        String seeds = IntStream.range(0, options.nodes())
                .mapToObj(i -> "127.0.0.1:" + (FIRST_PORT + i))
                .collect(Collectors.joining(","));
        for (int number = 2; number <= options.nodes(); number++) {
            NodeProcess node = new NodeProcess(number, seeds, FIRST_PORT + number - 1, options.state());
            others.add(node);
            node.start();
        }
        try (AnnulusNode node = AnnulusNode.start(
                settings(seeds),
                List.of(KeyspaceSettings.of("default", KeyspaceMode.CAUSAL, Math.min(3, options.nodes()))))) {
            node.awaitRing(60);
            node.awaitMembersUp(options.nodes(), 60);
            return load(node.keyspace("default"));
        } finally {
            for (NodeProcess other : others) {
                other.stop();
            }
        }
    }

    private NodeSettings settings(String seeds) {
        return new NodeSettings(
                new NodeId("node1"),
                new Endpoint("127.0.0.1", FIRST_PORT),
                "rack1",
                1,
                Arrays.stream(seeds.split(",")).map(Endpoint::parse).toList(),
                options.state().resolve("node1"));
    }

    private boolean load(Keyspace keyspace) throws InterruptedException {
        int quorum = Math.min(2, options.nodes());
        Pipeline pipeline = new Pipeline(options.inFlight());
        LongAdder missing = new LongAdder();
        LongAdder different = new LongAdder();
        System.out.printf(
                Locale.ROOT,
                "%,d distinct lines, %d nodes, W=%d, R=%d%n",
                lines.size(),
                options.nodes(),
                quorum,
                quorum);
        Pipeline.Outcome puts =
                pipeline.run(lines, this::nemesis, (line, i) -> put(keyspace, line, i, quorum), (i, result) -> {});
        System.out.printf(
                Locale.ROOT,
                "put: %,d in %.1f s, %,.0f a second, %,d retried, %,d failed%n",
                puts.operations(),
                puts.seconds(),
                puts.perSecond(),
                retried.sum(),
                puts.failures());
        Pipeline.Outcome gets =
                pipeline.run(lines, i -> {}, (line, i) -> get(keyspace, line, quorum, RETRIES), (i, result) -> {
                    if (result.values().isEmpty()) {
                        missing.increment();
                    } else if (!result.values().stream().allMatch(value -> Arrays.equals(value, valueOf(i)))) {
                        different.increment();
                    }
                });
        System.out.printf(
                Locale.ROOT,
                "get: %,d in %.1f s, %,.0f a second, %,d failed%n",
                gets.operations(),
                gets.seconds(),
                gets.perSecond(),
                gets.failures());
        System.out.printf(Locale.ROOT, "missing %,d, different %,d%n", missing.sum(), different.sum());
        return puts.failures() + gets.failures() + missing.sum() + different.sum() == 0;
    }

    private void nemesis(int index) {
        if (!options.kill() || others.isEmpty()) {
            return;
        }
        NodeProcess victim = others.get(others.size() - 1);
        try {
            if (index == lines.size() / 3) {
                System.out.printf(Locale.ROOT, "kill -9 of node %d at line %,d%n", options.nodes(), index);
                victim.kill();
            } else if (index == lines.size() / 3 * 2) {
                System.out.printf(Locale.ROOT, "start of node %d again at line %,d%n", options.nodes(), index);
                victim.start();
            }
        } catch (IOException e) {
            throw new IllegalStateException("node " + options.nodes() + " cannot be started again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private CompletionStage<WriteResult> put(Keyspace keyspace, String line, int index, int acks) {
        byte[] value = valueOf(index);
        return keyspace.put(bytes(line), value, WriteOptions.acks(acks))
                .exceptionallyCompose(failure -> again(keyspace, line, value, acks, RETRIES));
    }

    /** A put that failed may have been applied, so the next one replaces what is there. */
    private CompletionStage<WriteResult> again(Keyspace keyspace, String line, byte[] value, int acks, int tries) {
        retried.increment();
        CompletionStage<WriteResult> next = keyspace.update(
                bytes(line), values -> Optional.of(value), ReadOptions.of(acks), WriteOptions.acks(acks));
        return tries == 1 ? next : next.exceptionallyCompose(failure -> again(keyspace, line, value, acks, tries - 1));
    }

    private CompletionStage<ReadResult> get(Keyspace keyspace, String line, int replicas, int tries) {
        CompletionStage<ReadResult> result = keyspace.get(bytes(line), ReadOptions.of(replicas));
        return tries == 1 ? result : result.exceptionallyCompose(failure -> get(keyspace, line, replicas, tries - 1));
    }

    private byte[] valueOf(int index) {
        return bytes(index + ":" + lines.get(index));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
