package io.annulus.replication.quorum;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaAnswer.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of each replica that an operation may involve. A replica starts as not asked; once it answered for good, a
 * later or doubled answer changes nothing. Owned by the event loop.
 */
abstract class Quorum {

    /** What is expected of a replica. */
    private enum Phase {
        IDLE,
        ASKED,
        SETTLED,
    }

    private final int required;
    private final int copies;
    private final List<String> nodes;
    private final List<Role> roles;
    private final Phase[] phases;
    private final Outcome[] outcomes;
    private final String[] durabilities;

    Quorum(int required, int copies, List<String> nodes, List<Role> roles) {
        if (required < 1 || copies < 1 || nodes.size() != roles.size()) {
            throw new IllegalArgumentException("quorum of " + required + " of " + copies + " copies over "
                    + nodes.size() + " nodes in " + roles.size() + " roles");
        }
        this.required = required;
        this.copies = copies;
        this.nodes = List.copyOf(nodes);
        this.roles = List.copyOf(roles);
        this.phases = new Phase[nodes.size()];
        this.outcomes = new Outcome[nodes.size()];
        this.durabilities = new String[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            phases[i] = Phase.IDLE;
            outcomes[i] = Outcome.NOT_ASKED;
            durabilities[i] = "";
        }
    }

    /** How many answers are needed. */
    public final int required() {
        return required;
    }

    /** How many replicas there are. */
    public final int size() {
        return nodes.size();
    }

    /** What one replica did so far; unknown while its answer is awaited. */
    public final Outcome outcome(int replica) {
        return outcomes[replica];
    }

    /** Whether the answer of a replica is awaited. */
    public final boolean isAwaited(int replica) {
        return phases[replica] == Phase.ASKED;
    }

    /** Whether a replica was neither asked nor given up. */
    public final boolean isIdle(int replica) {
        return phases[replica] == Phase.IDLE;
    }

    /** A request is on its way to a replica, or about to be. */
    public final void asked(int replica) {
        if (phases[replica] == Phase.IDLE) {
            phases[replica] = Phase.ASKED;
            outcomes[replica] = Outcome.UNKNOWN;
        }
    }

    /** A replica is not asked, for good: it is believed down, or the request was certainly not sent. */
    public final void notAsked(int replica) {
        settle(replica, Outcome.NOT_ASKED, "");
    }

    /** A replica refused before any effect. */
    public final void refused(int replica) {
        settle(replica, Outcome.REFUSED, "");
    }

    /** A replica failed, with unknown effect. */
    public final void failed(int replica) {
        settle(replica, Outcome.UNKNOWN, "");
    }

    final int copies() {
        return copies;
    }

    final boolean settle(int replica, Outcome outcome, String durability) {
        if (phases[replica] == Phase.SETTLED) {
            return false;
        }
        phases[replica] = Phase.SETTLED;
        outcomes[replica] = outcome;
        durabilities[replica] = durability;
        return true;
    }

    final int count(Role role, Outcome outcome) {
        int count = 0;
        for (int i = 0; i < outcomes.length; i++) {
            if (roles.get(i) == role && outcomes[i] == outcome) {
                count++;
            }
        }
        return count;
    }

    /** Answers that count toward what was required. */
    public abstract int received();

    /** What the answers add up to. */
    public abstract Guarantee guarantee();

    /** Where the quorum stands, replicas that are still idle counting as ones that may answer. */
    public final Verdict verdict() {
        int received = received();
        if (received >= required) {
            return Verdict.REACHED;
        }
        int open = 0;
        for (Phase phase : phases) {
            if (phase != Phase.SETTLED) {
                open++;
            }
        }
        return received + open >= required ? Verdict.PENDING : Verdict.IMPOSSIBLE;
    }

    /** Whether some answer is awaited. */
    public final boolean awaitsAny() {
        for (Phase phase : phases) {
            if (phase == Phase.ASKED) {
                return true;
            }
        }
        return false;
    }

    /** The receipt as of now. */
    public final Receipt receipt(long ringEpoch) {
        List<ReplicaAnswer> answers = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            answers.add(new ReplicaAnswer(nodes.get(i), roles.get(i), outcomes[i], durabilities[i]));
        }
        return new Receipt(guarantee(), ringEpoch, copies, required, received(), answers);
    }
}
