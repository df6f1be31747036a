package io.annulus.itests.mutants;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.Merge;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import java.util.concurrent.CompletionStage;

/** A keyspace that passes everything on; bugs override what they change. */
abstract class ForwardingKeyspace implements Keyspace {

    final Keyspace real;

    ForwardingKeyspace(Keyspace real) {
        this.real = real;
    }

    @Override
    public CompletionStage<ReadResult> get(byte[] key, ReadOptions options) {
        return real.get(key, options);
    }

    @Override
    public CompletionStage<WriteResult> put(byte[] key, byte[] value, WriteOptions options) {
        return real.put(key, value, options);
    }

    @Override
    public CompletionStage<WriteResult> delete(byte[] key, WriteOptions options) {
        return real.delete(key, options);
    }

    @Override
    public final CompletionStage<WriteResult> update(byte[] key, Merge merge, ReadOptions read, WriteOptions write) {
        return real.update(key, merge, read, write);
    }

    @Override
    public final KeyspaceSettings settings() {
        return real.settings();
    }
}
