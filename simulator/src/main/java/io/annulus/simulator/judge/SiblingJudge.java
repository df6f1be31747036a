package io.annulus.simulator.judge;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Values of a key stand side by side until a write whose context covers them. So no answer shows a value beside the one that
 * replaced it; and at the end, to last reads and replicas, each acknowledged put is there, or what may have replaced it
 * ({@link Replacement}), and nothing is there again that an acknowledged put or delete had replaced. What all its replicas may
 * have lost is excused ({@link Loss}).
 *
 * <p>Not seen: during the run, a value that is missing or back; that is a lie only where a receipt says otherwise
 * ({@link ReceiptJudge}) or a session was promised more ({@link SessionJudge}).
 */
public final class SiblingJudge implements Judge {

    /** A look at the end, and the values that it accounts for. */
    private record End(Sight sight, Predicate<String> accounted) {}

    /** A fault of one write, and the looks that show it. */
    private record Fault(List<String> where, List<Integer> proof) {

        Fault() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(Sight sight) {
            where.add(sight.where());
            proof.addAll(sight.operations());
        }
    }

    @Override
    public String name() {
        return "siblings";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        for (KeyHistory key : KeyHistory.of(history, Mode.SIBLINGS)) {
            new KeyJudgement(key, violations).judge();
        }
        return violations;
    }

    private final class KeyJudgement {
        private final KeyHistory key;
        private final Replacement replacement;
        private final List<Operation> writes;
        private final List<End> ends;
        private final List<Violation> violations;

        KeyJudgement(KeyHistory key, List<Violation> violations) {
            this.key = key;
            this.replacement = Replacement.of(key.operations());
            this.writes = key.writes();
            this.ends = key.ends().stream()
                    .map(end -> new End(end, replacement.accountedBy(end.values(), end.toNanos())))
                    .toList();
            this.violations = violations;
        }

        void judge() {
            key.sights().forEach(this::noneBesideItsReplacement);
            for (Operation write : writes) {
                if (write.isOk()) {
                    notLost(write);
                }
            }
            nothingReturned();
        }

        private void noneBesideItsReplacement(Sight sight) {
            for (String newer : sight.values()) {
                for (String older : sight.values()) {
                    if (!newer.equals(older) && replacement.follows(newer, older)) {
                        List<Integer> proof = new ArrayList<>(sight.operations());
                        writers(newer, older).forEach(proof::add);
                        violations.add(key.violation(
                                SiblingJudge.this,
                                sight.where() + " shows " + older + " beside " + newer + ", which had replaced it",
                                proof));
                    }
                }
            }
        }

        private void notLost(Operation write) {
            if (write.value().isEmpty()) {
                return;
            }
            String value = write.value().get();
            Fault fault = new Fault();
            for (End end : ends) {
                if (end.sight().mustHave(write) && !end.accounted().test(value)) {
                    fault.add(end.sight());
                }
            }
            if (!fault.where().isEmpty() && !Loss.excuses(key.history(), write)) {
                report(write, fault, "lacks " + value + ", which was acknowledged, and what might have replaced it");
            }
        }

        private void nothingReturned() {
            Map<String, Fault> faults = new TreeMap<>();
            Map<String, Operation> replacers = new HashMap<>();
            for (End end : ends) {
                for (String value : end.sight().values()) {
                    replacer(end.sight(), value).ifPresent(write -> {
                        replacers.putIfAbsent(value, write);
                        faults.computeIfAbsent(value, unused -> new Fault()).add(end.sight());
                    });
                }
            }
            faults.forEach((value, fault) -> {
                Operation write = replacers.get(value);
                String how = write.value()
                        .map(newer -> newer + " had replaced")
                        .orElse("an acknowledged delete had removed");
                report(write, fault, "shows " + value + " again, which " + how);
            });
        }

        /** An acknowledged write that had replaced a value, and is not shown beside it: that would be told already. */
        private Optional<Operation> replacer(Sight end, String value) {
            return writes.stream()
                    .filter(write -> end.mustHave(write)
                            && replacement.replaces(write, value)
                            && write.value().filter(end.values()::contains).isEmpty()
                            && !Loss.excuses(key.history(), write))
                    .findFirst();
        }

        private void report(Operation write, Fault fault, String text) {
            List<Integer> proof = new ArrayList<>(fault.proof());
            proof.add(write.index());
            violations.add(key.violation(SiblingJudge.this, String.join(", ", fault.where()) + " " + text, proof));
        }

        private List<Integer> writers(String newer, String older) {
            return writes.stream()
                    .filter(write -> write.value()
                            .filter(value -> value.equals(newer) || value.equals(older))
                            .isPresent())
                    .map(Operation::index)
                    .toList();
        }
    }
}
