package io.annulus.replication;

import static io.annulus.replication.Cluster.text;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Guarantee;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteResult;
import io.annulus.api.version.Dot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What clients of one key did and saw. It knows by values alone which write replaced which, so that a record that claims too
 * much is found out.
 */
final class ClusterHistory {

    private record Seen(String value, Dot dot) {}

    private final String name;

    /** For each value, itself and all that it replaced, however far back. */
    private final Map<String, Set<String>> replacedBy = new HashMap<>();

    private final Set<String> acknowledged = new TreeSet<>();
    private final Set<String> notApplied = new HashSet<>();

    /** Replaced by some write that was tried, and by one that was acknowledged. */
    private final Set<String> perhapsReplaced = new HashSet<>();

    private final Set<String> surelyReplaced = new HashSet<>();

    /** What every later read that overlaps must have seen. */
    private final List<Seen> settled = new ArrayList<>();

    ClusterHistory(String name) {
        this.name = name;
    }

    /** A write is tried; a delete has no value. Yields what it replaces. */
    Set<String> tried(Optional<String> value, Optional<ReadResult> context) {
        Set<String> replaces = new HashSet<>();
        context.ifPresent(read -> read.values().forEach(bytes -> replaces.addAll(replacedBy.get(text(bytes)))));
        perhapsReplaced.addAll(replaces);
        value.ifPresent(text -> {
            Set<String> own = new HashSet<>(replaces);
            own.add(text);
            replacedBy.put(text, own);
        });
        return replaces;
    }

    void acknowledged(Optional<String> value, Set<String> replaces, WriteResult result) {
        surelyReplaced.addAll(replaces);
        value.ifPresent(text -> {
            acknowledged.add(text);
            if (result.receipt().guarantee() == Guarantee.OVERLAP) {
                settled.add(new Seen(text, result.dot()));
            }
        });
    }

    void notApplied(Optional<String> value) {
        value.ifPresent(notApplied::add);
    }

    /** How many settled versions a read that begins now must have seen. */
    int mustSee() {
        return settled.size();
    }

    void read(ReadResult result, int mustSee) {
        List<String> values = result.values().stream().map(Cluster::text).toList();
        for (String value : values) {
            assertFalse(notApplied.contains(value), name + ": " + value + " was said not to be applied");
            assertTrue(replacedBy.containsKey(value), name + ": " + value + " was never written");
        }
        if (result.receipt().guarantee().compareTo(Guarantee.OVERLAP) < 0) {
            return;
        }
        TestRecord context = TestRecord.ofContext(result.context().toBytes());
        for (Seen seen : settled.subList(0, mustSee)) {
            String what = name + ": " + result.receipt() + " missed " + seen + " and returned " + values;
            assertTrue(context.hasSeen(seen.dot()), what);
            assertTrue(values.contains(seen.value()) || perhapsReplaced.contains(seen.value()), what);
        }
        if (result instanceof ReadResult.Found found && result.receipt().guarantee() == Guarantee.ATOMIC) {
            found.siblings().forEach(sibling -> settled.add(new Seen(text(sibling.value()), sibling.dot())));
        }
    }

    /** After all has healed and all replicas agree. */
    void ended(ReadResult result) {
        read(result, settled.size());
        Set<String> values =
                new TreeSet<>(result.values().stream().map(Cluster::text).toList());
        for (String value : acknowledged) {
            assertTrue(
                    values.contains(value) || perhapsReplaced.contains(value),
                    name + ": acknowledged " + value + " is lost; there are " + values);
        }
        for (String value : values) {
            assertFalse(surelyReplaced.contains(value), name + ": replaced " + value + " is back");
        }
    }

    int acknowledgements() {
        return acknowledged.size();
    }
}
