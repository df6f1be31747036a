package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaAnswer.Role;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.history.Answer;
import io.annulus.simulator.history.Answer.Ending;
import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.HistoryRecorder;
import io.annulus.simulator.history.Incident;
import io.annulus.simulator.history.Invocation;
import io.annulus.simulator.history.Level;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.ReplicaState;
import io.annulus.simulator.history.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The least store of siblings that there is: three replicas of one key, each a set of versions that it has seen and those of
 * them that live. What it does, a judge has to accept; a flaw makes it lie.
 */
final class SiblingModel {

    /** What is wrong with the store. */
    enum Flaw {
        NONE,
        ACKNOWLEDGES_ONE_TOO_MANY,
        FORGETS_WHAT_A_DELETE_HAD_SEEN,
        BLIND_PUTS_REPLACE,
        AMNESIAC_COUNTS,
        READ_OF_ONE_CLAIMS_OVERLAP,
        ATOMIC_READ_WRITES_NOTHING_BACK,
    }

    private static final int COPIES = 3;
    private static final int QUORUM = 2;

    /** Versions are named by numbers; a live one has a value, unless it is a delete. */
    private static final class Copy {
        private final Set<Integer> seen = new TreeSet<>();
        private final Map<Integer, String> live = new TreeMap<>();

        void join(Copy other) {
            Map<Integer, String> kept = new TreeMap<>();
            live.forEach((dot, value) -> {
                if (other.live.containsKey(dot) || !other.seen.contains(dot)) {
                    kept.put(dot, value);
                }
            });
            other.live.forEach((dot, value) -> {
                if (!seen.contains(dot)) {
                    kept.put(dot, value);
                }
            });
            live.clear();
            live.putAll(kept);
            seen.addAll(other.seen);
        }
    }

    private record Delivery(int replica, Copy delta) {}

    private final SimulatedRandom random;
    private final Flaw flaw;
    private final HistoryRecorder recorder = new HistoryRecorder();
    private final List<Copy> replicas = List.of(new Copy(), new Copy(), new Copy());
    private final List<Delivery> late = new ArrayList<>();
    private final List<Copy> contexts = new ArrayList<>();
    private Optional<Integer> amnesiac = Optional.empty();
    private int dots;
    private long now = 100;

    SiblingModel(long seed, Flaw flaw) {
        this.random = new SimulatedRandom(seed);
        this.flaw = flaw;
    }

    History run(int operations) {
        for (int i = 0; i < operations; i++) {
            now += 10;
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> read(1 + random.nextInt(COPIES), random.nextInt(2) == 0, false);
                case 3 -> write(Optional.of("v" + dots), new Copy());
                case 4 -> write(Optional.of("v" + dots), context());
                case 5 -> write(Optional.empty(), context());
                case 6 -> deliver();
                default -> wipeOnce();
            }
        }
        converge();
        return recorder.history(Setting.of(Mode.SIBLINGS));
    }

    private Copy context() {
        return contexts.isEmpty() ? new Copy() : contexts.get(Math.max(0, contexts.size() - 1 - random.nextInt(3)));
    }

    private void write(Optional<String> value, Copy context) {
        int required = 1 + random.nextInt(QUORUM);
        int operation = ask(value.isPresent() ? Function.PUT : Function.DELETE, value, text(context), required, false);
        Copy delta = new Copy();
        delta.seen.addAll(flaw == Flaw.FORGETS_WHAT_A_DELETE_HAD_SEEN && value.isEmpty() ? Set.of() : context.seen);
        delta.seen.add(dots);
        value.ifPresent(text -> delta.live.put(dots, text));
        dots++;
        List<String> by = new ArrayList<>();
        for (int i = 0; i < COPIES; i++) {
            if (flaw == Flaw.BLIND_PUTS_REPLACE) {
                delta.seen.addAll(replicas.get(i).seen);
            }
            if (random.nextInt(2) == 0) {
                replicas.get(i).join(delta);
                by.add(name(i));
            } else {
                late.add(new Delivery(i, delta));
            }
        }
        if (flaw == Flaw.ACKNOWLEDGES_ONE_TOO_MANY && by.size() < COPIES) {
            by.add(name(firstOther(by)));
        }
        Guarantee guarantee = by.size() >= QUORUM ? Guarantee.OVERLAP : Guarantee.EVENTUAL;
        answer(operation, by.size() >= required, List.of(), "", guarantee, required, by);
    }

    private static int firstOther(List<String> by) {
        int other = 0;
        while (by.contains(name(other))) {
            other++;
        }
        return other;
    }

    private void read(int required, boolean atomic, boolean last) {
        int operation = ask(Function.GET, Optional.empty(), "", required, last);
        Copy joined = new Copy();
        List<String> by = new ArrayList<>();
        int first = random.nextInt(COPIES);
        for (int i = first; i < first + COPIES && by.size() < required; i++) {
            joined.join(replicas.get(i % COPIES));
            if (flaw == Flaw.AMNESIAC_COUNTS
                    || !amnesiac.filter(Integer.valueOf(i % COPIES)::equals).isPresent()) {
                by.add(name(i % COPIES));
            }
        }
        Guarantee guarantee = Guarantee.EVENTUAL;
        if (by.size() >= QUORUM || flaw == Flaw.READ_OF_ONE_CLAIMS_OVERLAP) {
            guarantee = atomic ? Guarantee.ATOMIC : Guarantee.OVERLAP;
        }
        if (guarantee == Guarantee.ATOMIC && flaw != Flaw.ATOMIC_READ_WRITES_NOTHING_BACK) {
            replicas.get(first).join(joined);
            replicas.get((first + 1) % COPIES).join(joined);
        }
        if (by.size() >= required) {
            contexts.add(joined);
        }
        List<String> shown = by.size() >= required ? List.copyOf(joined.live.values()) : List.of();
        answer(operation, by.size() >= required, shown, text(joined), guarantee, required, by);
    }

    private void deliver() {
        if (!late.isEmpty()) {
            Delivery next = late.remove(random.nextInt(late.size()));
            if (random.nextInt(4) > 0) {
                replicas.get(next.replica()).join(next.delta());
            }
        }
    }

    private void wipeOnce() {
        if (amnesiac.isEmpty() && random.nextInt(4) == 0) {
            int replica = random.nextInt(COPIES);
            amnesiac = Optional.of(replica);
            replicas.get(replica).seen.clear();
            replicas.get(replica).live.clear();
            recorder.incident(new Incident(now, "wipe", name(replica), true));
        }
    }

    private void converge() {
        Copy all = new Copy();
        replicas.forEach(all::join);
        replicas.forEach(replica -> replica.join(all));
        now += 100;
        read(QUORUM, false, true);
        for (int i = 0; i < COPIES; i++) {
            List<String> held = List.copyOf(replicas.get(i).live.values());
            recorder.finalState(new ReplicaState(name(i), "k", held, OptionalLong.empty(), held.hashCode()));
        }
    }

    /** Each operation is a process of its own, and its interval may be longer than the truth. */
    private int ask(Function function, Optional<String> value, String context, int required, boolean last) {
        return recorder.invoke(new Invocation(
                now,
                "c" + recorder.size(),
                "n1",
                function,
                "k",
                value,
                Optional.empty(),
                context,
                new Level(COPIES, required, false),
                last));
    }

    private void answer(
            int operation,
            boolean done,
            List<String> values,
            String context,
            Guarantee guarantee,
            int required,
            List<String> by) {
        List<ReplicaAnswer> answers = by.stream()
                .map(node -> new ReplicaAnswer(node, Role.OWNER, Outcome.ACKNOWLEDGED, ""))
                .toList();
        recorder.end(
                operation,
                new Answer(
                        now + random.nextInt(30),
                        done ? Ending.OK : Ending.INFO,
                        values,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        done ? context : "",
                        Optional.of(new Receipt(guarantee, 1, COPIES, required, by.size(), answers)),
                        done ? "" : "too few"));
    }

    private static String text(Copy context) {
        return context.seen.isEmpty() ? "" : context.seen.toString();
    }

    private static String name(int replica) {
        return "n" + (replica + 1);
    }
}
