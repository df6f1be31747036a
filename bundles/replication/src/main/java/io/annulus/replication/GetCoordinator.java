package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.CorruptRangeException;
import io.annulus.api.GuaranteeNotMetException;
import io.annulus.api.ReadResult;
import io.annulus.api.Receipt;
import io.annulus.api.UnavailableException;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.ring.RingMember;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.replication.quorum.ReadQuorum;
import io.annulus.replication.quorum.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Coordinates one read: the record from the best replica and digests from R-1 others; where they differ the records are
 * fetched and joined. An atomic read is answered once a majority of the owners holds what it returns; any other read repairs
 * the stale replicas behind its answer. A replica that is slow is hedged by asking one more. Owned by the event loop.
 */
final class GetCoordinator implements Underway {

    private enum Phase {
        READING,
        WRITING_BACK,
        DONE,
    }

    private final ReplicationCore core;
    private final Placement placement;
    private final GetCommand command;
    private final boolean lasting;
    private final Completion<ReadResult> completion;
    private final ReplicaLink link;
    private final List<RingMember> owners;
    private final Deque<Integer> spare = new ArrayDeque<>();
    private final ReadQuorum quorum;
    private final Answer[] answers;
    private final Set<Integer> fetching = new HashSet<>();
    private final Set<Integer> holders = new HashSet<>();
    private Phase phase = Phase.READING;
    private boolean corrupt;
    private Optional<byte[]> joined = Optional.empty();
    private Cancellable deadline = () -> {};
    private Cancellable hedge = () -> {};

    GetCoordinator(
            ReplicationCore core,
            KeyspaceState keyspace,
            Placement placement,
            GetCommand command,
            Completion<ReadResult> completion) {
        this.core = core;
        this.placement = placement;
        this.command = command;
        this.completion = completion;
        this.link = new ReplicaLink(core, keyspace, placement, command);
        this.lasting = keyspace.isSynced();
        this.owners = placement.list().owners();
        this.answers = new Answer[owners.size()];
        this.quorum = new ReadQuorum(
                command.required(placement, keyspace.settings().reads()),
                placement.copies(),
                keyspace.overlapWrites(placement.copies()),
                owners.stream().map(owner -> owner.node().name()).toList());
    }

    /** Starts it; the completion gets an {@link AnnulusException} when it fails. */
    void start() {
        if (command.atomic() && !lasting) {
            completion.onFailure(new GuaranteeNotMetException(
                    "the keyspace is not synced: a power cut may take back what was acknowledged, so no read of it is atomic;"
                            + " ask for a quorum, or set durability = synced",
                    Effect.NOT_APPLIED,
                    quorum.receipt(placement.epoch())));
            return;
        }
        core.begin(this);
        spare.addAll(ReadPlan.order(owners, core.environment()));
        for (int i = 0; i < owners.size(); i++) {
            if (!spare.contains(i)) {
                quorum.notAsked(i);
            }
        }
        if (quorum.verdict() == Verdict.IMPOSSIBLE) {
            fail();
            return;
        }
        deadline = core.after(command.timeoutMillis(), this::abandon);
        boolean digestOnly = false;
        for (int i = 0; i < quorum.required() && phase == Phase.READING; i++) {
            askNext(digestOnly);
            digestOnly = true;
        }
        hedgeLater();
        step();
    }

    @Override
    public void abandon() {
        if (phase != Phase.DONE) {
            fail();
        }
    }

    /** One more replica for each interval that passes, as long as there is one. */
    private void hedgeLater() {
        if (phase == Phase.READING && !spare.isEmpty()) {
            hedge = core.after(core.environment().config().hedgeMillis(), () -> {
                askNext(false);
                hedgeLater();
                step();
            });
        }
    }

    private void askNext(boolean digestOnly) {
        for (Integer next = spare.poll(); next != null; next = spare.poll()) {
            int replica = next;
            quorum.asked(replica);
            if (link.read(owners.get(replica), digestOnly, answer -> onAnswer(replica, answer))) {
                return;
            }
            quorum.notAsked(replica);
        }
    }

    private void onAnswer(int replica, Answer answer) {
        if (phase != Phase.READING) {
            return;
        }
        fetching.remove(replica);
        boolean first = quorum.isAwaited(replica);
        if (!answer.isDone()) {
            corrupt |= answer.status() == ReplicaStatus.CORRUPT;
            answers[replica] = null;
            quorum.refused(replica);
            askNext(false);
        } else {
            answers[replica] = answer;
            if (answer.status() == ReplicaStatus.NOT_ADMITTED && first) {
                quorum.answered(replica, false);
                askNext(false);
            }
        }
        step();
    }

    private void step() {
        if (phase != Phase.READING) {
            return;
        }
        int unresolved = resolve();
        switch (quorum.verdict()) {
            case PENDING -> {
                if (quorum.received() + unresolved >= quorum.required()) {
                    fetchUnresolved();
                }
            }
            case IMPOSSIBLE -> fail();
            case REACHED -> conclude();
        }
    }

    /** An answer counts once its record is at hand, with whomever it came; yields how many lack theirs. */
    private int resolve() {
        Set<Long> known = new HashSet<>();
        for (Answer answer : answers) {
            if (answer != null && answer.record().isPresent()) {
                known.add(answer.digest());
            }
        }
        int unresolved = 0;
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] != null && quorum.isAwaited(i)) {
                if (!answers[i].present() || known.contains(answers[i].digest())) {
                    quorum.answered(i, true);
                } else {
                    unresolved++;
                }
            }
        }
        return unresolved;
    }

    /** Asks for the record of each digest that no record at hand has, one replica a digest. */
    private void fetchUnresolved() {
        for (int i = 0; i < answers.length && phase == Phase.READING; i++) {
            int replica = i;
            if (answers[i] != null && quorum.isAwaited(i) && !isFetched(answers[i].digest())) {
                fetching.add(replica);
                if (!link.read(owners.get(replica), false, answer -> onAnswer(replica, answer))) {
                    onAnswer(replica, Answer.failed(ReplicaStatus.FAILED));
                }
            }
        }
    }

    private boolean isFetched(long digest) {
        return fetching.stream().anyMatch(replica -> answers[replica].digest() == digest);
    }

    private void conclude() {
        try {
            joined = join();
        } catch (CorruptRecordException e) {
            corrupt = true;
            fail();
            return;
        }
        List<Integer> stale = new ArrayList<>();
        long digest = joined.map(core.environment().versioning()::digest).orElse(0L);
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] != null && joined.isPresent()) {
                boolean holds = answers[i].present()
                        && answers[i].digest() == digest
                        && answers[i].status() == ReplicaStatus.DONE;
                (holds ? holders : stale).add(i);
            }
        }
        boolean held = joined.isEmpty() || holders.size() >= placement.majority();
        if (command.atomic() && !held) {
            writeBack(stale);
            return;
        }
        if (command.atomic()) {
            quorum.writtenBack();
        }
        deliver();
        stale.forEach(replica -> ReadRepair.start(
                core, link.fresh(), owners.get(replica), joined.orElseThrow(), command.timeoutMillis()));
    }

    private Optional<byte[]> join() {
        byte[] all = null;
        for (Answer answer : answers) {
            if (answer != null && answer.record().isPresent()) {
                byte[] record = answer.record().get();
                all = all == null ? record : core.environment().versioning().join(all, record);
            }
        }
        return Optional.ofNullable(all);
    }

    private void writeBack(List<Integer> stale) {
        phase = Phase.WRITING_BACK;
        hedge.cancel();
        List<Integer> targets = new ArrayList<>(stale);
        for (int i = 0; i < owners.size(); i++) {
            if (answers[i] == null && core.environment().isReachable(owners.get(i))) {
                targets.add(i);
            }
        }
        for (int replica : targets) {
            if (phase == Phase.WRITING_BACK) {
                link.writeBack(owners.get(replica), joined.orElseThrow(), held -> onWrittenBack(replica, held));
            }
        }
    }

    private void onWrittenBack(int replica, boolean held) {
        if (phase == Phase.WRITING_BACK && held) {
            holders.add(replica);
            if (holders.size() >= placement.majority()) {
                quorum.writtenBack();
                deliver();
            }
        }
    }

    private void deliver() {
        end();
        completion.onResult(ReadResults.of(joined, quorum.receipt(placement.epoch()), core.environment()));
    }

    private void fail() {
        Phase failedIn = phase;
        end();
        completion.onFailure(failure(failedIn));
    }

    private void end() {
        phase = Phase.DONE;
        core.ended(this);
        deadline.cancel();
        hedge.cancel();
        link.close();
    }

    private AnnulusException failure(Phase failedIn) {
        Receipt receipt = quorum.receipt(placement.epoch());
        if (failedIn == Phase.WRITING_BACK) {
            return new GuaranteeNotMetException(
                    "the value was read, and " + holders.size() + " of the " + placement.majority()
                            + " owners that must hold it before it is returned do; repeat the read, or ask for a quorum",
                    Effect.NOT_APPLIED,
                    receipt);
        }
        if (corrupt) {
            return new CorruptRangeException(
                    "damaged data of a replica might hold the key, and R = " + quorum.required() + " needs "
                            + (quorum.required() - quorum.received())
                            + " more replicas than answered; ask for less, or restore the replica",
                    receipt);
        }
        return new UnavailableException(
                "R = " + quorum.required() + " and " + quorum.received() + " of " + placement.copies()
                        + " owners answered: " + receipt.summary()
                        + "; start the missing nodes, or ask for fewer replicas",
                receipt);
    }
}
