package io.annulus.itests.mutants;

import static io.annulus.itests.mutants.Profile.BAD_DISK;
import static io.annulus.itests.mutants.Profile.CUT_OFF;
import static io.annulus.itests.mutants.Profile.LAST_WRITE;
import static io.annulus.itests.mutants.Profile.LOST_DISK;
import static io.annulus.itests.mutants.Profile.NETWORK;
import static io.annulus.itests.mutants.Profile.POWER;
import static io.annulus.itests.mutants.Profile.QUIET;
import static io.annulus.itests.mutants.Profile.ROTTEN_DISK;
import static io.annulus.itests.mutants.Profile.ROUGH;
import static io.annulus.itests.mutants.Profile.SLOW;
import static io.annulus.itests.mutants.Profile.STAND_INS;

import io.annulus.testkit.wiring.Seams;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All planted bugs. */
final class PlantedBugs {

    private PlantedBugs() {}

    static List<PlantedBug> all() {
        List<PlantedBug> all = new ArrayList<>(ofDisks());
        all.addAll(ofRecords());
        all.addAll(ofMessages());
        all.addAll(ofClusters());
        all.addAll(ofAnswers());
        return List.copyOf(all);
    }

    private static List<PlantedBug> ofDisks() {
        return List.of(
                bug("ack before sync", "T31", "siblings", POWER, 5, StorageBugs::ackBeforeSync),
                bug("log synced by a timer", "T10", "siblings", POWER, 10, StorageBugs::periodicSync),
                bug("sync error swallowed", "T31", "siblings", BAD_DISK, 5, StorageBugs::syncErrorSwallowed),
                bug("absent for a damaged place", "T30", "siblings", ROTTEN_DISK, 20, StorageBugs::absentForDamaged),
                bug(
                        "dots counted from what the disk shows",
                        "T13",
                        "siblings",
                        LOST_DISK,
                        10,
                        () -> ReusedDots.seams("siblings")),
                bug("identity kept on another disk", "T24", "receipt", LOST_DISK, 20, StorageBugs::identityKept),
                bug("amnesiac replica counted", "T10", "receipt", LOST_DISK, 20, ClusterBugs::amnesiacCounted),
                bug("tombstone purged early", "T26", "receipt", NETWORK, 20, PurgingStorage::seams),
                bug("replica overwrites", "T20", "siblings", NETWORK, 5, StorageBugs::overwrites));
    }

    private static List<PlantedBug> ofRecords() {
        return List.of(
                bug("join not idempotent", "T16", "siblings", NETWORK, 5, JoinBugs::notIdempotent),
                bug("join keeps the later side", "T11", "siblings", QUIET, 10, JoinBugs::keepsOneSide),
                bug("join drops the context", "T15", "siblings", NETWORK, 5, JoinBugs::dropsContext),
                bug("tombstone yields to a value", "T26", "lww", LAST_WRITE, 10, JoinBugs::tombstoneYields),
                bug("context ignored", "T14", "siblings", QUIET, 5, VersioningBugs::contextIgnored),
                bug("context of the coordinator", "T11", "siblings", QUIET, 5, VersioningBugs::contextOfCoordinator),
                bug("delete without effect", "T18", "receipt", QUIET, 5, VersioningBugs::deleteWithoutEffect),
                bug("digest of the length alone", "T36", "receipt", NETWORK, 20, VersioningBugs::digestOfLength));
    }

    private static List<PlantedBug> ofMessages() {
        return List.of(
                new PlantedBug(
                        "checksum ignored",
                        "T25",
                        "origin",
                        NETWORK,
                        10,
                        WireBugs::checksumIgnored,
                        WireBugs::flippedBits),
                bug("value damaged and sealed", "T25", "origin", NETWORK, 10, WireBugs::damagedAndSealed),
                bug("refusal reported as done", "T31", "receipt", BAD_DISK, 5, ReplicaBugs::refusedAsDone),
                bug("ack before store", "T31", "receipt", NETWORK, 5, ReplicaBugs::ackBeforeStore),
                bug("late record dropped", "T21", "receipt", CUT_OFF, 20, ReplicaBugs::lateDropped),
                bug("write coordinated twice", "T6", "origin", ROUGH, 20, ReplicaBugs::coordinatedTwice),
                bug("answer matched by its sender", "T28", "origin", NETWORK, 10, AnswerBugs::matchedBySender),
                bug("ack counted twice", "T4", "receipt", SLOW, 10, AnswerBugs::countedTwice),
                bug("deadlines lost", "T28", "liveness", ROUGH, 5, RuntimeBugs::deadlinesLost));
    }

    private static List<PlantedBug> ofClusters() {
        return List.of(
                bug("stale ring accepted", "T5", "siblings", ROUGH, 5, ClusterBugs::staleRing),
                bug("never up again", "T29", "liveness", CUT_OFF, 5, ClusterBugs::neverUpAgain),
                bug("hint dropped", "T20", "convergence", STAND_INS, 5, HintBugs::dropped),
                bug(
                        "hint removed before delivery",
                        "T20",
                        "convergence",
                        STAND_INS,
                        5,
                        HintBugs::removedBeforeDelivery),
                bug("hint for another owner", "T21", "convergence", STAND_INS, 5, HintBugs::wrongOwner));
    }

    private static List<PlantedBug> ofAnswers() {
        return List.of(
                bug("sloppy acks counted", "T4", "receipt", STAND_INS, 5, ReceiptBugs::sloppyAsOverlap),
                bug("overlap where W + R = N", "T4", "receipt", NETWORK, 5, ReceiptBugs::overlapAtCopies),
                bug("guarantee taken from the plan", "T4", "receipt", NETWORK, 5, ReceiptBugs::guaranteeOfPlan),
                bug("atomic without write-back", "T2", "receipt", SLOW, 20, ReceiptBugs::atomicWithoutWriteBack),
                bug("time-out reported as failure", "T3", "origin", NETWORK, 5, ReceiptBugs::timeoutAsFailure),
                bug("time-out that tells no effect", "T3", "run", NETWORK, 5, ReceiptBugs::timeoutWithoutEffect),
                bug("refused write tried again", "T3", "origin", BAD_DISK, 5, ClientBugs::retriedAfterRefusal),
                bug("reads from a cache", "T9", "receipt", NETWORK, 5, ClientBugs::cachedReads));
    }

    private static PlantedBug bug(
            String name, String trap, String judge, Profile profile, int budget, Supplier<Seams> seams) {
        return new PlantedBug(name, trap, judge, profile, budget, seams, () -> Seams.NONE);
    }
}
