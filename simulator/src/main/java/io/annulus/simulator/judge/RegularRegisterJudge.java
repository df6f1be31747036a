package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Registers, and keys where the last write wins, are regular for reads and writes that overlap (Lamport, "On Interprocess
 * Communication", 1986, extended to several writers as in Shao, Pierce, Welch, "Multi-writer consistency conditions for
 * shared memory objects", 2003): such a read returns the value of a write that had not been overwritten, for certain, by an
 * acknowledged write which ended before the read began. {@link Claims} says which operations overlap, {@link WriteOrder}
 * what overwrites what.
 */
public final class RegularRegisterJudge implements Judge {

    @Override
    public String name() {
        return "regular";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        for (Mode mode : List.of(Mode.REGISTER, Mode.LWW)) {
            history.byKey(mode).forEach((key, operations) -> {
                KeyJudgement judgement = new KeyJudgement(new WriteOrder(history, mode, operations));
                for (Operation read : operations) {
                    if (read.function() == Function.GET && read.isOk()) {
                        judgement.of(read).ifPresent(violations::add);
                    }
                }
            });
        }
        return violations;
    }

    private final class KeyJudgement {
        private final WriteOrder order;

        KeyJudgement(WriteOrder order) {
            this.order = order;
        }

        Optional<Violation> of(Operation read) {
            if (read.values().size() > 1) {
                return violation(read, "a register has one value, and a read shows " + read.values(), List.of());
            }
            return read.values().isEmpty()
                    ? ofNothing(read)
                    : ofValue(read, read.values().get(0));
        }

        private Optional<Violation> ofNothing(Operation read) {
            return overwriter(read)
                    .flatMap(write -> violation(
                            read,
                            "a read shows nothing, though " + write.value().orElseThrow()
                                    + " had been written before and no delete may have removed it",
                            List.of(write)));
        }

        private Optional<Violation> ofValue(Operation read, String value) {
            Optional<Operation> writer =
                    order.writer(value).filter(write -> write.mayTakeEffect() && write.startNanos() <= read.endNanos());
            if (writer.isEmpty()) {
                return violation(read, "a read shows " + value + ", which nobody had written", List.of());
            }
            return overwriter(read)
                    .flatMap(write -> violation(
                            read,
                            "a read shows " + value + ", which "
                                    + write.value()
                                            .map(newer -> newer + " had overwritten")
                                            .orElse("had been deleted")
                                    + " before it began",
                            List.of(writer.get(), write)));
        }

        /** A write that the read had to reflect and does not. */
        private Optional<Operation> overwriter(Operation read) {
            return order.missed(read.values(), read.endNanos())
                    .takeWhile(write -> write.startNanos() < read.startNanos())
                    .filter(write -> Claims.meets(write, read))
                    .findFirst();
        }

        private Optional<Violation> violation(Operation read, String text, List<Operation> writesConcerned) {
            return Optional.of(Violations.of(name(), read.key(), text, read, writesConcerned));
        }
    }
}
