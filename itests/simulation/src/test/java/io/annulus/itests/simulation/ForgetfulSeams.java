package io.annulus.itests.simulation;

import io.annulus.api.Context;
import io.annulus.api.Guarantee;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.Merge;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.Receipt;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.version.Dot;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A planted bug, to see that it is told well: from the sixth second of the world on, puts are acknowledged and forgotten. */
final class ForgetfulSeams implements Seams {

    private static final long FORGETS_FROM_NANOS = 6_000_000_000L;

    private int puts;

    @Override
    public Keyspace keyspace(SimulatedNode node, Keyspace real) {
        return new Keyspace() {

            @Override
            public CompletionStage<ReadResult> get(byte[] key, ReadOptions options) {
                return real.get(key, options);
            }

            @Override
            public CompletionStage<WriteResult> put(byte[] key, byte[] value, WriteOptions options) {
                puts++;
                if (node.world().nanos() < FORGETS_FROM_NANOS) {
                    return real.put(key, value, options);
                }
                Receipt receipt = new Receipt(Guarantee.EVENTUAL, 1, 3, 1, 1, List.of());
                return CompletableFuture.completedFuture(new WriteResult(new Dot(1, puts), 1, Context.NONE, receipt));
            }

            @Override
            public CompletionStage<WriteResult> delete(byte[] key, WriteOptions options) {
                return real.delete(key, options);
            }

            @Override
            public CompletionStage<WriteResult> update(byte[] key, Merge merge, ReadOptions read, WriteOptions write) {
                return real.update(key, merge, read, write);
            }

            @Override
            public KeyspaceSettings settings() {
                return real.settings();
            }
        };
    }
}
