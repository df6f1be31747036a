package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.Context;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.LimitExceededException;
import io.annulus.api.Merge;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.Receipt;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.ring.Token;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The face of a keyspace: checks what the consumer passes in, and hands it to the event loop. Keys are copied, since memtable
 * and hints keep them long after the caller has its answer. Any thread; never blocks.
 */
final class StoreKeyspace implements Keyspace {

    private static final int UPDATE_TRIES = 4;

    private final Operations operations;
    private final KeyspaceSettings settings;
    private final Executor callbacks;

    StoreKeyspace(Operations operations, KeyspaceSettings settings, Executor callbacks) {
        this.operations = operations;
        this.settings = settings;
        this.callbacks = callbacks;
    }

    @Override
    public CompletionStage<ReadResult> get(byte[] key, ReadOptions options) {
        checkKey(key);
        Objects.requireNonNull(options, "options");
        if (options.replicas() > settings.copies()) {
            throw new IllegalArgumentException("R = " + options.replicas() + " is above the N = " + settings.copies()
                    + " of keyspace '" + settings.name() + "'; ask for 1 to " + settings.copies());
        }
        int timeout = options.timeoutMillis() == 0 ? settings.timeoutMillis() : options.timeoutMillis();
        StoreStage<ReadResult> stage = new StoreStage<>(callbacks);
        byte[] own = key.clone();
        operations.get(settings.name(), new GetCommand(Token.of(own), own, options, timeout), stage);
        return stage;
    }

    @Override
    public CompletionStage<WriteResult> put(byte[] key, byte[] value, WriteOptions options) {
        checkKey(key);
        Objects.requireNonNull(value, "value");
        checkWrite(options);
        if (value.length > settings.maxValueBytes()) {
            StoreStage<WriteResult> refused = new StoreStage<>(callbacks);
            refused.completeExceptionally(new LimitExceededException(
                    "value of " + value.length + " bytes is above the " + settings.maxValueBytes()
                            + " that keyspace '" + settings.name()
                            + "' allows; store less, or raise maxValueBytes in annulus.keyspace-" + settings.name()
                            + ".cfg on every node",
                    Receipt.none(options.acks())));
            return refused;
        }
        return write(key, Optional.of(value), options);
    }

    @Override
    public CompletionStage<WriteResult> delete(byte[] key, WriteOptions options) {
        checkKey(key);
        checkWrite(options);
        if (options.ttlMillis() != 0) {
            throw new IllegalArgumentException(
                    "a delete has no time to live, and the options name " + options.ttlMillis() + " ms; leave it out");
        }
        if (settings.mode() == KeyspaceMode.CAUSAL && options.context().isNone()) {
            throw new IllegalArgumentException("a delete without a context would remove nothing in causal keyspace '"
                    + settings.name() + "'; read the key and pass the context of the answer");
        }
        return write(key, Optional.empty(), options);
    }

    @Override
    public CompletionStage<WriteResult> update(byte[] key, Merge merge, ReadOptions read, WriteOptions write) {
        Objects.requireNonNull(merge, "merge");
        if (!write.context().isNone()) {
            throw new IllegalArgumentException(
                    "an update reads the context itself, and the options bring one; leave it out");
        }
        checkKey(key);
        checkWrite(write);
        Objects.requireNonNull(read, "read");
        StoreStage<WriteResult> stage = new StoreStage<>(callbacks);
        update(key.clone(), merge, read, write, UPDATE_TRIES).whenComplete((result, failure) -> {
            if (failure == null) {
                stage.complete(result);
            } else {
                stage.completeExceptionally(causeOf(failure));
            }
        });
        return stage;
    }

    @Override
    public KeyspaceSettings settings() {
        return settings;
    }

    private CompletionStage<WriteResult> update(
            byte[] key, Merge merge, ReadOptions read, WriteOptions write, int tries) {
        return get(key, read)
                .thenComposeAsync(
                        seen -> {
                            List<byte[]> values = seen.values();
                            Optional<byte[]> merged = merge.apply(values);
                            WriteOptions replacing = write.withContext(seen.context());
                            return merged.isPresent()
                                    ? put(key, merged.get(), replacing)
                                    : write(key, merged, replacing.withTtlMillis(0));
                        },
                        callbacks)
                .thenComposeAsync(
                        result -> result.siblings() > 1 && tries > 1
                                ? update(key, merge, read, write, tries - 1)
                                        .exceptionally(StoreKeyspace::failedAfterAWrite)
                                : done(result),
                        callbacks);
    }

    /** The tries before were written: whatever became of the last one, the update as a whole may be seen. */
    private static WriteResult failedAfterAWrite(Throwable failure) {
        Throwable cause = causeOf(failure);
        if (cause instanceof AnnulusException known && known.effect() == Effect.NOT_APPLIED) {
            throw new OutcomeUnknownException(
                    "the update was written beside siblings, and merging these failed: " + known.getMessage()
                            + "; read the key, or update again",
                    known.receipt());
        }
        throw new CompletionException(cause);
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    private CompletionStage<WriteResult> done(WriteResult result) {
        StoreStage<WriteResult> stage = new StoreStage<>(callbacks);
        stage.complete(result);
        return stage;
    }

    private CompletionStage<WriteResult> write(byte[] key, Optional<byte[]> value, WriteOptions options) {
        int timeout = options.timeoutMillis() == 0 ? settings.timeoutMillis() : options.timeoutMillis();
        Context context = options.context();
        PutRequest request = new PutRequest(
                key.clone(),
                context.toBytes(),
                value,
                options.acks(),
                options.sloppy().orElse(settings.sloppy()),
                timeout,
                options.ttlMillis());
        StoreStage<WriteResult> stage = new StoreStage<>(callbacks);
        operations.put(settings.name(), request, stage);
        return stage;
    }

    private void checkKey(byte[] key) {
        Objects.requireNonNull(key, "key");
        Operations.checkKey(key);
    }

    private void checkWrite(WriteOptions options) {
        Objects.requireNonNull(options, "options");
        if (options.acks() > settings.copies()) {
            throw new IllegalArgumentException("W = " + options.acks() + " is above the N = " + settings.copies()
                    + " of keyspace '" + settings.name() + "'; ask for 1 to " + settings.copies());
        }
        operations.checkContext(options.context().toBytes());
    }
}
