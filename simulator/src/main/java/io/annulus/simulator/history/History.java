package io.annulus.simulator.history;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one run's clients asked and were told, what struck the nodes, and what each replica held at the end. Immutable.
 *
 * @param setting what holds for the whole run
 * @param operations in the order of their invocations; their indexes count from 0
 * @param incidents in the order of their times
 * @param finals what replicas held at the end; none when nobody looked
 */
public record History(
        Setting setting, List<Operation> operations, List<Incident> incidents, List<ReplicaState> finals) {

    public History {
        Objects.requireNonNull(setting, "setting");
        operations = List.copyOf(operations);
        incidents = List.copyOf(incidents);
        finals = List.copyOf(finals);
    }

    /** The operations by key, keys in order, each list in the order of invocations. */
    public Map<String, List<Operation>> byKey() {
        return operations.stream().collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()));
    }

    /** The operations of keys of one mode, as {@link #byKey()}. */
    public Map<String, List<Operation>> byKey(Mode mode) {
        Map<String, List<Operation>> found = byKey();
        found.keySet().removeIf(key -> setting.modeOf(key) != mode);
        return found;
    }

    /** What the replicas of a key held at the end. */
    public List<ReplicaState> finalsOf(String key) {
        return finals.stream().filter(state -> state.key().equals(key)).toList();
    }

    /** Whether a node may have lost, at some time after the given one, what it held then. */
    public boolean lostDataAfter(String node, long nanos) {
        return incidents.stream()
                .anyMatch(
                        incident -> incident.losesData() && incident.node().equals(node) && incident.nanos() >= nanos);
    }
}
