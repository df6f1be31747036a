package io.annulus.simulator.judge;

import io.annulus.api.KeyspaceSettings;
import io.annulus.simulator.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All judges, for whoever wants a history judged. Pure; any thread. */
public final class Judges {

    private Judges() {}

    /**
     * Every judge, in the order in which their violations are told: the plainest proofs first.
     *
     * @param livenessBound in how long an operation must succeed once no fault is left
     */
    public static List<Judge> standard(Duration livenessBound) {
        return all(livenessBound, new ReceiptJudge());
    }

    /** As {@link #standard(Duration)}, for keys whose keyspaces all have the R and W of the given one. */
    public static List<Judge> standard(Duration livenessBound, KeyspaceSettings keyspace) {
        return all(livenessBound, new ReceiptJudge(keyspace));
    }

    /** What all judges find in a history. */
    public static List<Violation> judge(History history, Duration livenessBound) {
        return judge(history, standard(livenessBound));
    }

    /** What some judges find in a history. */
    public static List<Violation> judge(History history, List<Judge> judges) {
        List<Violation> violations = new ArrayList<>();
        judges.forEach(judge -> violations.addAll(judge.judge(history)));
        return violations;
    }

    private static List<Judge> all(Duration livenessBound, ReceiptJudge receipts) {
        return List.of(
                new OriginJudge(),
                new SiblingJudge(),
                new LinearizableJudge(),
                new RegularRegisterJudge(),
                new LastWriteWinsJudge(),
                new SessionJudge(),
                new CounterJudge(),
                new SetJudge(),
                new MapJudge(),
                receipts,
                new ConvergenceJudge(),
                new LivenessJudge(livenessBound));
    }
}
