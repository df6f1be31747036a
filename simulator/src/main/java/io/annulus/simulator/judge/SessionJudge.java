package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Session guarantees (Terry et al., "Session Guarantees for Weakly Consistent Replicated Data", 1994), by process and key:
 * read-your-writes, monotonic reads, monotonic writes, writes-follow-reads. Judged are processes that were promised one for
 * all their operations, and pairs of operations whose receipts claim enough that it follows: a write and a read that overlap,
 * two atomic reads.
 *
 * <p>Keys of siblings are judged by what contexts cover, see {@link Replacement}; keys of one value by the order of writes,
 * see {@link WriteOrder}, into which the two promises about writes go as well.
 */
public final class SessionJudge implements Judge {

    @Override
    public String name() {
        return "session";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        history.byKey().forEach((key, operations) -> {
            Mode mode = history.setting().modeOf(key);
            if (mode == Mode.SIBLINGS) {
                SiblingSessions sessions = new SiblingSessions(history, operations);
                sessions(operations).values().forEach(session -> violations.addAll(sessions.judge(session)));
            } else if (mode == Mode.REGISTER || mode == Mode.LWW) {
                RegisterSessions sessions = new RegisterSessions(history, mode, operations);
                sessions(operations).values().forEach(session -> violations.addAll(sessions.judge(session)));
            }
        });
        return violations;
    }

    /** What each process did to the key, or may have done, and what it was shown. */
    private static Map<String, List<Operation>> sessions(List<Operation> operations) {
        Map<String, List<Operation>> sessions = new LinkedHashMap<>();
        for (Operation operation : operations) {
            if (operation.mayTakeEffect() || operation.function() == Function.GET && operation.isOk()) {
                sessions.computeIfAbsent(operation.invocation().process(), process -> new ArrayList<>())
                        .add(operation);
            }
        }
        return sessions;
    }
}
