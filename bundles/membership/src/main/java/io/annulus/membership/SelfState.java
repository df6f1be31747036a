package io.annulus.membership;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import java.util.Optional;

/**
 * What this node tells of itself, and its defence of its name. A foreign state of this name (of another data directory or
 * endpoint) is either left over from a former life, or told by a node that uses the name now. Where it is later than the
 * node's own, the node raises its generation above it, as members of SWIM refute a suspicion; that ends what is left over. A
 * foreign state that goes on growing is a living rival. Then the node with the smaller store id, or of equal ones the smaller
 * endpoint, keeps the name, and the other one raises no more while it sees its rival live. Owned by the event loop.
 */
final class SelfState {

    /** Sightings, each later than the last, after which a rival lives for certain; of a former life few are left over. */
    private static final int PROOF = 10;
    /** Heartbeats without a sighting after which a rival is gone. */
    private static final int FORGET_BEATS = 60;

    private Member self;
    private Optional<Member> rival = Optional.empty();
    private int sightings;
    private int beatsSinceSighting;

    SelfState(Member self) {
        this.self = self;
    }

    Member member() {
        return self;
    }

    /** One more heartbeat. */
    void beat() {
        beatsSinceSighting++;
        if (beatsSinceSighting > FORGET_BEATS) {
            sightings = 0;
            rival = Optional.empty();
        }
        self = with(self.generation(), self.heartbeat() + 1, self.ringEpoch(), self.ringHash());
    }

    /** Another ring; a heartbeat with it, so that no two states of one heartbeat differ. */
    void announceRing(long epoch, long hash) {
        self = with(self.generation(), self.heartbeat() + 1, epoch, hash);
    }

    /**
     * Takes note of a state of this node's name that another node told.
     *
     * @param fromItself whether the rival itself told it
     * @return what is wrong, when there is a rival for certain
     */
    Optional<String> observe(Member seen, boolean fromItself) {
        boolean proved = isForeign(seen) && provesRival(seen, fromItself);
        boolean raise =
                proved ? keepsTheNameAgainst(seen) && seen.generation() >= self.generation() : seen.isLaterThan(self);
        if (raise) {
            self = with(seen.generation() + 1, self.heartbeat(), self.ringEpoch(), self.ringHash());
        }
        return proved ? Optional.of(describe(seen)) : Optional.empty();
    }

    private boolean provesRival(Member seen, boolean fromItself) {
        if (rival.isEmpty() || seen.isLaterThan(rival.get())) {
            rival = Optional.of(seen);
            beatsSinceSighting = 0;
            sightings = fromItself ? PROOF : Math.min(PROOF, sightings + 1);
        }
        return sightings == PROOF;
    }

    /** Where a living rival is: it is told of this node directly, so that it knows as well. */
    Optional<Endpoint> rival() {
        return rival.filter(seen -> sightings == PROOF)
                .map(Member::endpoint)
                .filter(endpoint -> !endpoint.equals(self.endpoint()));
    }

    private boolean isForeign(Member seen) {
        return seen.storeId() != self.storeId() || !seen.endpoint().equals(self.endpoint());
    }

    private boolean keepsTheNameAgainst(Member seen) {
        int byStore = Long.compareUnsigned(self.storeId(), seen.storeId());
        return byStore != 0 ? byStore < 0 : self.endpoint().compareTo(seen.endpoint()) < 0;
    }

    private String describe(Member seen) {
        String what = seen.storeId() == self.storeId()
                ? "a copy of this node's data directory runs at " + seen.endpoint()
                        + "; stop that node, and give it an empty data directory and another name"
                : "another node uses the name " + self.node() + " at " + seen.endpoint()
                        + "; give one of the two another name and an empty data directory";
        return what + (keepsTheNameAgainst(seen) ? "" : ". Until then other nodes see that one, and not this one");
    }

    private Member with(long generation, long heartbeat, long ringEpoch, long ringHash) {
        return new Member(
                self.node(),
                self.endpoint(),
                self.storeId(),
                self.rack(),
                self.weight(),
                generation,
                heartbeat,
                ringEpoch,
                ringHash);
    }
}
