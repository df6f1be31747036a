package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.LimitExceededException;
import io.annulus.api.OverloadedException;
import io.annulus.api.Receipt;
import io.annulus.api.StoreClosedException;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.Dot;
import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import io.annulus.api.version.Versioning;
import java.util.Optional;

/**
 * Coordinates one put or delete on this node: gives it a dot, composes and encodes the record, and has it written. How it is
 * composed depends on what this node is to the key.
 *
 * <ul>
 *   <li>Last-write-wins: a stamped register; no read, any node.
 *   <li>Causal, this node an owner: on top of the latest local record, in the key's chain.
 *   <li>Causal, this node a stand-in because no owner can be reached: a delta. Its dot is of a second origin, of which no
 *       record ever claims a whole prefix, since this node does not know what else it wrote to the key.
 * </ul>
 *
 * <p>Owned by the event loop.
 */
final class PutCoordinator implements Underway {

    /** Flips the bits of an origin to that of its deltas; both are random, and as unlikely to meet. */
    private static final long DELTA_ORIGIN = 0x9e3779b97f4a7c15L;

    /**
     * Largest record of several siblings that a put may grow. Owners that coordinate at once may each reach it, and the join of
     * three such still fits into one message and one entry of the log.
     */
    static final int MAX_SIBLING_RECORD_BYTES = KeyspaceSettings.MAX_VALUE_BYTES;

    private final ReplicationCore core;
    private final KeyspaceState keyspace;
    private final Placement placement;
    private final PutCommand command;
    private final Completion<PutOutcome> completion;
    private final WriteOperation write;
    private final long startNanos;
    private Optional<OwnerComposer> waiting = Optional.empty();
    private Cancellable deadline = () -> {};

    PutCoordinator(
            ReplicationCore core,
            KeyspaceState keyspace,
            Placement placement,
            PutCommand command,
            Completion<PutOutcome> completion) {
        this.core = core;
        this.keyspace = keyspace;
        this.placement = placement;
        this.command = command;
        this.completion = completion;
        int required =
                placement.required("W", command.acks(), keyspace.settings().writes());
        this.write = new WriteOperation(core, keyspace, placement, command, required);
        this.startNanos = core.environment().runtime().time().nanos();
    }

    /** Starts it; the completion gets an {@link AnnulusException} when it fails. */
    void start() {
        Optional<AnnulusException> refusal = write.refusal();
        if (refusal.isPresent()) {
            completion.onFailure(refusal.get());
        } else if (keyspace.settings().mode() == KeyspaceMode.LAST_WRITE_WINS) {
            writeStamped(
                    false, Optional.empty(), this::append, stamp -> versioning().register(stamp, command.value()));
        } else if (isOwner() && !core.isFenced()) {
            enterChain();
        } else {
            writeStamped(true, Optional.empty(), this::append, stamp -> versioning()
                    .delta(command.context(), stamp, command.value()));
        }
    }

    @Override
    public void abandon() {
        leaveChain(new StoreClosedException("the node is stopping", Receipt.none(command.acks())));
    }

    /** The latest record may take long to come; the caller is told at the deadline all the same. */
    private void enterChain() {
        OwnerComposer composer = new OwnerComposer();
        waiting = Optional.of(composer);
        core.begin(this);
        core.chains().enter(keyspace.table(), command.token(), command.key(), composer);
        if (waiting.isPresent()) {
            deadline = core.after(command.timeoutMillis(), () -> leaveChain(tooLate()));
        }
    }

    private void leaveChain(AnnulusException cause) {
        if (waiting.isPresent()) {
            core.chains().leave(keyspace.table(), command.key(), waiting.get());
            waitsNoMore();
            completion.onFailure(cause);
        }
    }

    private void waitsNoMore() {
        waiting = Optional.empty();
        deadline.cancel();
        core.ended(this);
    }

    private AnnulusException tooLate() {
        return new OverloadedException(
                "the deadline of " + command.timeoutMillis() + " ms passed before the write was begun; allow more",
                Receipt.none(command.acks()));
    }

    /** Makes a record of a stamp. */
    private interface Encoder {
        byte[] encode(Stamp stamp);
    }

    private final class OwnerComposer implements KeyChains.Composer {

        @Override
        public Optional<byte[]> compose(Optional<byte[]> latest) {
            waitsNoMore();
            Optional<byte[]> written =
                    writeStamped(false, latest, PutCoordinator.this::appendInChain, stamp -> versioning()
                            .update(latest, command.context(), stamp, command.value()));
            return written.isPresent() ? written : latest;
        }

        @Override
        public void latestFailed(Throwable cause) {
            waitsNoMore();
            completion.onFailure(Failures.notApplied(cause, Receipt.none(0)));
        }
    }

    /** Stamps, encodes and writes; yields the record when this node accepted it. */
    private Optional<byte[]> writeStamped(
            boolean delta, Optional<byte[]> latest, WriteOperation.LocalAppend append, Encoder encoder) {
        long left =
                command.timeoutMillis() - (core.environment().runtime().time().nanos() - startNanos) / 1_000_000;
        if (left <= 0) {
            completion.onFailure(tooLate());
            return Optional.empty();
        }
        Optional<Dot> fresh = core.environment().dots().next();
        if (fresh.isEmpty()) {
            completion.onFailure(new OverloadedException(
                    "names for versions are being reserved on disk; try again in a moment",
                    Receipt.none(command.acks())));
            return Optional.empty();
        }
        Dot dot =
                delta ? new Dot(fresh.get().origin() ^ DELTA_ORIGIN, fresh.get().sequence()) : fresh.get();
        byte[] record;
        try {
            record = encoder.encode(
                    new Stamp(dot, core.environment().runtime().clock().next(), command.expiryMillis()));
        } catch (IllegalArgumentException | CorruptRecordException e) {
            completion.onFailure(Failures.notApplied(e, Receipt.none(command.acks())));
            return Optional.empty();
        }
        return write(dot, record, latest, left, append);
    }

    private Optional<byte[]> write(
            Dot dot, byte[] record, Optional<byte[]> latest, long leftMillis, WriteOperation.LocalAppend append) {
        RecordView view = versioning().view(record);
        int siblings = view.siblings().size();
        boolean full = siblings > keyspace.settings().maxSiblings()
                || siblings > 1 && record.length > MAX_SIBLING_RECORD_BYTES;
        if (full && siblings > siblingsOf(latest)) {
            completion.onFailure(new LimitExceededException(
                    "the key has " + (siblings - 1) + " siblings, and one more would make a record of " + record.length
                            + " bytes; keyspace '" + keyspace.name() + "' allows "
                            + keyspace.settings().maxSiblings() + " siblings and " + MAX_SIBLING_RECORD_BYTES
                            + " bytes of them; read the key, merge, and put the merge with the context of the read",
                    Receipt.none(command.acks())));
            return Optional.empty();
        }
        Completion<Receipt> done = Completion.of(
                receipt -> completion.onResult(new PutOutcome(dot, siblings, view.context(), receipt)),
                completion::onFailure);
        return write.start(record, leftMillis, append, done) ? Optional.of(record) : Optional.empty();
    }

    private int siblingsOf(Optional<byte[]> latest) {
        return latest.map(record -> versioning().view(record).siblings().size()).orElse(0);
    }

    private void append(byte[] record, Completion<Durability> done) {
        keyspace.table().append(command.token(), command.key(), record, done);
    }

    /** What fails after this has returned may have left the node, so no later record may claim all of its origin. */
    private void appendInChain(byte[] record, Completion<Durability> done) {
        core.chains().appendBegan(keyspace.table(), command.key());
        boolean[] returned = new boolean[1];
        append(
                record,
                Completion.of(
                        durability -> {
                            core.chains().appendEnded(keyspace.table(), command.key());
                            done.onResult(durability);
                        },
                        cause -> {
                            if (returned[0]) {
                                core.environment().dots().abandonOrigin();
                            }
                            core.chains().appendEnded(keyspace.table(), command.key());
                            done.onFailure(cause);
                        }));
        returned[0] = true;
    }

    private boolean isOwner() {
        return placement.list().owners().stream().anyMatch(core.environment()::isSelf);
    }

    private Versioning versioning() {
        return core.environment().versioning();
    }
}
