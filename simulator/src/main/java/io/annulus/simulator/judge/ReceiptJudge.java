package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.Receipt;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No receipt contradicts itself, for keys of every mode; and none claims what the whole history contradicts, for keys of
 * siblings: a read that claims an overlap accounts for every write that claims one and had ended before, where the owners that
 * acknowledged both add up to more than N, and shows nothing that such a write had replaced. Where there are no receipts, the
 * levels that were asked for are such claims ({@link Claims}). A read that claims to be atomic also accounts for all that
 * earlier atomic reads showed, and shows nothing that was gone for one of them.
 *
 * <p>Where the keyspace is known, its R and W tell besides whether the owners of a claim suffice. No incident excuses a claim:
 * see {@link Claims}.
 *
 * <p>Not seen: a receipt that claims less than it could. The claims of registers and of keys where the last write wins are the
 * matter of {@link RegularRegisterJudge}, those of counters, sets and maps of their own judges; a value that nobody may ever
 * see, that of {@link OriginJudge}.
 */
public final class ReceiptJudge implements Judge {

    private final Optional<KeyspaceSettings> keyspace;

    /** A judge that takes each keyspace's own R and W on trust. */
    public ReceiptJudge() {
        this.keyspace = Optional.empty();
    }

    /** A judge for keys whose keyspaces all have the R and W of the given one. */
    public ReceiptJudge(KeyspaceSettings keyspace) {
        this.keyspace = Optional.of(keyspace);
    }

    @Override
    public String name() {
        return "receipt";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        for (KeyHistory key : KeyHistory.of(history)) {
            key.operations().forEach(operation -> judgeReceipt(key, operation, violations));
            if (history.setting().modeOf(key.key()) == Mode.SIBLINGS) {
                new SiblingClaims(
                                key,
                                (read, found) -> violations.add(key.violation(
                                        this,
                                        claimOf(read) + " " + found.text(),
                                        List.of(read.index(), found.proof()))))
                        .judge();
            }
        }
        return violations;
    }

    private static String claimOf(Operation read) {
        return read.guarantee().map(claimed -> "a read that claims " + claimed).orElse("a strict read");
    }

    private void judgeReceipt(KeyHistory key, Operation operation, List<Violation> violations) {
        Optional<Receipt> receipt = operation.answer().flatMap(answer -> answer.receipt());
        if (receipt.isEmpty()) {
            return;
        }
        List<String> broken = new ArrayList<>(ReceiptRules.broken(operation, receipt.get()));
        tooFew(operation, receipt.get()).ifPresent(broken::add);
        broken.forEach(text -> violations.add(key.violation(
                this, "the receipt of a " + operation.function() + " " + text, List.of(operation.index()))));
    }

    private Optional<String> tooFew(Operation operation, Receipt receipt) {
        if (keyspace.isEmpty() || !Claims.claims(operation, Guarantee.OVERLAP)) {
            return Optional.empty();
        }
        boolean write = operation.function().isWrite();
        int opposite = write ? keyspace.get().reads() : keyspace.get().writes();
        int owners = Claims.owners(receipt);
        return owners + Math.min(opposite, receipt.copies()) > receipt.copies()
                ? Optional.empty()
                : Optional.of("claims " + receipt.guarantee() + " with " + owners + " of " + receipt.copies()
                        + " owners, which do not meet the keyspace's " + (write ? "R = " : "W = ") + opposite);
    }
}
