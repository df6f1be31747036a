package io.annulus.itests.mutants;

import io.annulus.api.AnnulusException;
import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.Keyspace;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Bugs between the client and the coordinator. */
final class ClientBugs {

    private ClientBugs() {}

    /** A coordinator answers reads from what it lately returned. */
    static Seams cachedReads() {
        Map<SimulatedNode, Map<String, Cached>> caches = new HashMap<>();
        return Wrapped.keyspace(
                (node, real) -> new CachedReads(node, real, caches.computeIfAbsent(node, ignored -> new HashMap<>())));
    }

    /** A write that was refused is tried again behind the back of the client, who was told that it is not applied. */
    static Seams retriedAfterRefusal() {
        return Wrapped.keyspace(RetriedAfterRefusal::new);
    }

    private record Cached(long untilNanos, ReadResult result) {}

    private static final class CachedReads extends ForwardingKeyspace {

        private static final long VALID_NANOS = 300_000_000L;

        private final SimulatedNode node;
        private final Map<String, Cached> cache;

        CachedReads(SimulatedNode node, Keyspace real, Map<String, Cached> cache) {
            super(real);
            this.node = node;
            this.cache = cache;
        }

        @Override
        public CompletionStage<ReadResult> get(byte[] key, ReadOptions options) {
            String name = Arrays.toString(key) + options;
            Cached cached = cache.get(name);
            if (cached != null && node.world().nanos() < cached.untilNanos()) {
                return CompletableFuture.completedFuture(cached.result());
            }
            return super.get(key, options).thenApply(result -> {
                cache.put(name, new Cached(node.world().nanos() + VALID_NANOS, result));
                return result;
            });
        }
    }

    private static final class RetriedAfterRefusal extends ForwardingKeyspace {

        private static final Duration PAUSE = Duration.ofMillis(500);

        private final SimulatedNode node;

        RetriedAfterRefusal(SimulatedNode node, Keyspace real) {
            super(real);
            this.node = node;
        }

        @Override
        public CompletionStage<WriteResult> put(byte[] key, byte[] value, WriteOptions options) {
            return super.put(key, value, options).whenComplete((result, failure) -> {
                if (failure instanceof AnnulusException known && known.effect() == Effect.NOT_APPLIED) {
                    node.world().after(PAUSE, () -> real.put(key, value, options));
                }
            });
        }
    }
}
