package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.judge.Frontier.Contradiction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays the reads of one key of siblings that are promised an overlap through in order, against what they must have met. For each
 * number of owners that acknowledged a write there is one frontier of such writes, for a read meets all those whose owners and
 * its own add up to more than the copies.
 */
final class SiblingClaims {

    /** Finds one contradiction of a read. */
    interface Receiver {
        void contradicted(Operation read, Contradiction contradiction);
    }

    private final Receiver receiver;
    private final Replacement replacement;
    private final int copies;
    private final List<Operation> reads;
    private final List<Operation> writesByEnd;
    private final List<Operation> atomicByEnd;
    private final Map<Integer, Frontier> byOwners = new TreeMap<>();
    private final Frontier atomic;
    private final Map<Integer, List<String>> goneAt = new TreeMap<>();

    SiblingClaims(KeyHistory key, Receiver receiver) {
        this.receiver = receiver;
        this.replacement = Replacement.of(key.operations());
        this.atomic = new Frontier(replacement);
        List<Operation> claiming = key.operations().stream()
                .filter(operation -> Claims.owners(operation) > 0)
                .toList();
        this.copies = claiming.stream().mapToInt(Claims::copies).max().orElse(0);
        this.reads = claiming.stream()
                .filter(operation -> !operation.function().isWrite())
                .sorted(Comparator.comparingLong(Operation::startNanos))
                .toList();
        Comparator<Operation> byEnd = Comparator.comparingLong(Operation::endNanos);
        this.writesByEnd = claiming.stream()
                .filter(operation -> operation.function().isWrite())
                .sorted(byEnd)
                .toList();
        this.atomicByEnd = reads.stream()
                .filter(read -> Claims.claims(read, Guarantee.ATOMIC))
                .sorted(byEnd)
                .toList();
    }

    void judge() {
        int writes = 0;
        int shown = 0;
        for (Operation read : reads) {
            while (writes < writesByEnd.size() && writesByEnd.get(writes).precedes(read)) {
                Operation write = writesByEnd.get(writes++);
                frontier(Claims.owners(write)).add(write);
            }
            while (shown < atomicByEnd.size() && atomicByEnd.get(shown).precedes(read)) {
                wasShown(atomicByEnd.get(shown++));
            }
            judge(read);
        }
    }

    private void judge(Operation read) {
        List<Frontier> met = met(read);
        met.stream()
                .flatMap(due -> due.contradiction(read.values(), read.endNanos()).stream())
                .findFirst()
                .ifPresent(contradiction -> receiver.contradicted(read, contradiction));
        if (Claims.claims(read, Guarantee.ATOMIC)) {
            List<String> gone = new ArrayList<>();
            met.forEach(due -> gone.addAll(due.without(read.values())));
            goneAt.put(read.index(), gone);
        }
    }

    private List<Frontier> met(Operation read) {
        List<Frontier> met = new ArrayList<>();
        int owners = Claims.owners(read);
        byOwners.forEach((acknowledged, due) -> {
            if (acknowledged + owners > copies) {
                met.add(due);
            }
        });
        if (Claims.claims(read, Guarantee.ATOMIC)) {
            met.add(atomic);
        }
        return met;
    }

    /** No later atomic read sees less than this one showed, nor what this one had to show and no longer did. */
    private void wasShown(Operation read) {
        read.values().forEach(value -> atomic.add(value, read.index()));
        goneAt.get(read.index()).forEach(value -> atomic.addGone(value, read.index()));
    }

    private Frontier frontier(int owners) {
        return byOwners.computeIfAbsent(owners, unused -> new Frontier(replacement));
    }
}
