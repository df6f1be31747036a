package io.annulus.testkit;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.Merge;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.testkit.Operation.Request;
import io.annulus.testkit.wiring.SimulatedAnnulus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A keyspace of one node for consumers: the same object in all lives of the node. Any thread. */
final class DrivenKeyspace implements Keyspace {

    private final DrivenWorld driven;
    private final FaultQueue faults;
    private final SimulatedAnnulus node;
    private final int number;
    private final KeyspaceSettings settings;

    DrivenKeyspace(
            DrivenWorld driven, FaultQueue faults, SimulatedAnnulus node, int number, KeyspaceSettings settings) {
        this.driven = driven;
        this.faults = faults;
        this.node = node;
        this.number = number;
        this.settings = settings;
    }

    @Override
    public CompletionStage<ReadResult> get(byte[] key, ReadOptions options) {
        return begin(false, options.timeoutMillis(), faults.ofRead(), real -> real.get(key, options));
    }

    @Override
    public CompletionStage<WriteResult> put(byte[] key, byte[] value, WriteOptions options) {
        return begin(true, options.timeoutMillis(), faults.ofWrite(), real -> real.put(key, value, options));
    }

    @Override
    public CompletionStage<WriteResult> delete(byte[] key, WriteOptions options) {
        return begin(true, options.timeoutMillis(), faults.ofWrite(), real -> real.delete(key, options));
    }

    @Override
    public CompletionStage<WriteResult> update(byte[] key, Merge merge, ReadOptions read, WriteOptions write) {
        Optional<Fault> fault = faults.ofRead().or(faults::ofWrite);
        return begin(true, write.timeoutMillis(), fault, real -> real.update(key, merge, read, write));
    }

    @Override
    public KeyspaceSettings settings() {
        return settings;
    }

    private <T> CompletionStage<T> begin(
            boolean isWrite, int timeoutMillis, Optional<Fault> fault, Function<Keyspace, CompletionStage<T>> call) {
        Duration timeout = Duration.ofMillis(timeoutMillis == 0 ? settings.timeoutMillis() : timeoutMillis);
        Request<T> request = new Request<>(number, isWrite, timeout, () -> node.keyspace(settings.name()), call);
        return driven.begin(new Operation<>(driven, request, fault));
    }
}
