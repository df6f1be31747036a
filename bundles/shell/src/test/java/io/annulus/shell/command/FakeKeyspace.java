package io.annulus.shell.command;

import io.annulus.api.Context;
import io.annulus.api.Guarantee;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.Merge;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.Sibling;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.version.Dot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers every read with the same result, every write with success, and remembers what it was asked. */
final class FakeKeyspace implements Keyspace {

    static final Context SEEN = Context.of(new byte[] {1, 2, 3});
    static final Receipt RECEIPT = new Receipt(
            Guarantee.OVERLAP,
            7,
            2,
            1,
            1,
            List.of(new ReplicaAnswer("n1", ReplicaAnswer.Role.OWNER, ReplicaAnswer.Outcome.ACKNOWLEDGED, "SYNCED")));

    final List<String> asked = new ArrayList<>();
    WriteOptions lastWrite;
    int siblingsAfterWrite = 1;
    private final KeyspaceSettings settings;
    private final ReadResult result;

    FakeKeyspace(KeyspaceMode mode, ReadResult result) {
        this.settings = KeyspaceSettings.of("default", mode, 3);
        this.result = result;
    }

    static FakeKeyspace holding(String... values) {
        List<Sibling> siblings = new ArrayList<>();
        for (String value : values) {
            siblings.add(sibling(value, siblings.size() + 1));
        }
        return new FakeKeyspace(
                KeyspaceMode.CAUSAL,
                siblings.isEmpty()
                        ? new ReadResult.Absent(Context.NONE, RECEIPT)
                        : new ReadResult.Found(siblings, SEEN, RECEIPT));
    }

    static Sibling sibling(String value, long sequence) {
        return new Sibling(value.getBytes(StandardCharsets.UTF_8), new Dot(10, sequence), 1000);
    }

    @Override
    public CompletionStage<ReadResult> get(byte[] key, ReadOptions options) {
        asked.add(
                "get " + text(key) + " " + options.level() + " " + options.replicas() + " " + options.timeoutMillis());
        return CompletableFuture.completedFuture(result);
    }

    @Override
    public CompletionStage<WriteResult> put(byte[] key, byte[] value, WriteOptions options) {
        return write("put " + text(key) + "=" + text(value), options);
    }

    @Override
    public CompletionStage<WriteResult> delete(byte[] key, WriteOptions options) {
        return write("delete " + text(key), options);
    }

    private CompletionStage<WriteResult> write(String what, WriteOptions options) {
        asked.add(what);
        lastWrite = options;
        return CompletableFuture.completedFuture(
                new WriteResult(new Dot(10, 9), siblingsAfterWrite, Context.of(new byte[] {4}), RECEIPT));
    }

    @Override
    public CompletionStage<WriteResult> update(byte[] key, Merge merge, ReadOptions read, WriteOptions write) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KeyspaceSettings settings() {
        return settings;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
