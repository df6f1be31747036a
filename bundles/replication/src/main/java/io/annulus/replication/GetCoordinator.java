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
final class GetCoordinator {

    private enum Phase {
        READING,
        FETCHING,
        WRITING_BACK,
        DONE,
    }

    private final ReplicationCore core;
    private final Placement placement;
    private final GetCommand command;
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
        this.owners = placement.list().owners();
        this.answers = new Answer[owners.size()];
        this.quorum = new ReadQuorum(
                command.required(placement, keyspace.settings().reads()),
                placement.copies(),
                Math.min(keyspace.settings().writes(), placement.copies()),
                owners.stream().map(owner -> owner.node().name()).toList());
    }

    /** Starts it; the completion gets an {@link AnnulusException} when it fails. */
    void start() {
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
        deadline = core.after(command.timeoutMillis(), this::deadlineOver);
        hedge = core.after(core.environment().config().hedgeMillis(), this::askOneMore);
        boolean full = true;
        for (int i = 0; i < quorum.required() && phase == Phase.READING; i++) {
            askNext(!full);
            full = false;
        }
        step();
    }

    private void askOneMore() {
        if (phase == Phase.READING) {
            askNext(false);
            step();
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
        if (answer.isDone()) {
            answers[replica] = answer;
            quorum.answered(replica, answer.status() == ReplicaStatus.DONE);
        } else {
            corrupt |= answer.status() == ReplicaStatus.CORRUPT;
            quorum.refused(replica);
        }
        if (!answer.isDone() || answer.status() == ReplicaStatus.NOT_ADMITTED) {
            askNext(false);
        }
        step();
    }

    private void step() {
        if (phase != Phase.READING) {
            return;
        }
        switch (quorum.verdict()) {
            case PENDING -> {}
            case IMPOSSIBLE -> fail();
            case REACHED -> {
                phase = Phase.FETCHING;
                fetchMissing();
            }
        }
    }

    /** Asks for the record of each digest that no record at hand has. */
    private void fetchMissing() {
        Set<Long> known = new HashSet<>();
        for (Answer answer : answers) {
            if (answer != null && answer.record().isPresent()) {
                known.add(answer.digest());
            }
        }
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] != null && answers[i].present() && known.add(answers[i].digest())) {
                missing.add(i);
            }
        }
        fetching.addAll(missing);
        for (int replica : missing) {
            if (phase == Phase.FETCHING
                    && !link.read(owners.get(replica), false, answer -> onFetched(replica, answer))) {
                fail();
            }
        }
        conclude();
    }

    private void onFetched(int replica, Answer answer) {
        if (phase != Phase.FETCHING) {
            return;
        }
        if (!answer.isDone()) {
            corrupt |= answer.status() == ReplicaStatus.CORRUPT;
            fail();
            return;
        }
        answers[replica] = answer;
        fetching.remove(replica);
        conclude();
    }

    private void conclude() {
        if (phase != Phase.FETCHING || !fetching.isEmpty()) {
            return;
        }
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
                boolean holds = answers[i].present() && answers[i].digest() == digest;
                (holds ? holders : stale).add(i);
            }
        }
        if (!command.atomic()) {
            deliver();
            stale.forEach(this::repairBehind);
        } else if (joined.isEmpty() || holders.size() >= placement.majority()) {
            quorum.writtenBack();
            deliver();
        } else {
            writeBack(stale);
        }
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

    private void repairBehind(int replica) {
        ReplicaLink behind = link.fresh();
        boolean sent = behind.writeBack(owners.get(replica), joined.orElseThrow(), held -> {
            if (!held) {
                core.repairFailed();
            }
        });
        if (sent) {
            core.after(command.timeoutMillis(), behind::close);
        } else {
            core.repairFailed();
        }
    }

    private void deliver() {
        end();
        completion.onResult(ReadResults.of(joined, quorum.receipt(placement.epoch()), core.environment()));
    }

    private void deadlineOver() {
        if (phase != Phase.DONE) {
            fail();
        }
    }

    private void fail() {
        Phase failedIn = phase;
        end();
        completion.onFailure(failure(failedIn));
    }

    private void end() {
        phase = Phase.DONE;
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
                        + " owners answered: " + receipt.replicas()
                        + "; start the missing nodes, or ask for fewer replicas",
                receipt);
    }
}
