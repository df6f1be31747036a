package io.annulus.itests.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the clients know of one key's writes, and what follows from it for reads. A value is accounted for when it is there, or
 * when a write that had seen it may have replaced it and is accounted for itself; deletes leave nothing to see, and count when
 * they were not refused.
 */
final class WriteLedger {

    /** What the client was told of a write. */
    enum Fate {
        UNDER_WAY,
        ACKED,
        UNKNOWN,
        NOT_APPLIED
    }

    private static final class Write {
        private final boolean delete;
        private final Set<String> seen;
        private Fate fate = Fate.UNDER_WAY;
        private boolean overlap;

        Write(boolean delete, Set<String> seen) {
            this.delete = delete;
            this.seen = seen;
        }
    }

    private final Map<String, Write> writes = new TreeMap<>();

    /** A write begins; {@code seen} is what its context covers. */
    void begin(String id, boolean delete, Set<String> seen) {
        writes.put(id, new Write(delete, Set.copyOf(seen)));
    }

    void end(String id, Fate fate, boolean overlap) {
        Write write = writes.get(id);
        write.fate = fate;
        write.overlap = overlap;
    }

    /** Writes that any later overlapping read must account for. */
    Set<String> overlapping() {
        Set<String> ids = new HashSet<>();
        writes.forEach((id, write) -> {
            if (write.fate == Fate.ACKED && write.overlap && !write.delete) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** Values of writes that were said not to be applied, and yet are there. */
    List<String> invented(Set<String> present) {
        return present.stream()
                .filter(id -> !writes.containsKey(id) || writes.get(id).fate == Fate.NOT_APPLIED)
                .toList();
    }

    /** Of the given writes those that are neither there nor accounted for. */
    List<String> missing(Set<String> ids, Set<String> present) {
        return ids.stream()
                .filter(id -> !isAccountedFor(id, present, new HashSet<>()))
                .toList();
    }

    /** Acknowledged writes that are neither there nor accounted for. */
    List<String> lost(Set<String> present) {
        Set<String> acked = new HashSet<>();
        writes.forEach((id, write) -> {
            if (write.fate == Fate.ACKED && !write.delete) {
                acked.add(id);
            }
        });
        return missing(acked, present);
    }

    /** Values that are there although an acknowledged write had replaced or deleted them. */
    List<String> resurrected(Set<String> present) {
        List<String> back = new ArrayList<>();
        for (Write write : writes.values()) {
            if (write.fate == Fate.ACKED) {
                write.seen.stream().filter(present::contains).forEach(back::add);
            }
        }
        return back;
    }

    int size() {
        return writes.size();
    }

    private boolean isAccountedFor(String id, Set<String> present, Set<String> visited) {
        if (present.contains(id)) {
            return true;
        }
        if (!visited.add(id)) {
            return false;
        }
        for (Map.Entry<String, Write> other : writes.entrySet()) {
            Write write = other.getValue();
            if (write.fate != Fate.NOT_APPLIED && write.seen.contains(id)) {
                if (write.delete || isAccountedFor(other.getKey(), present, visited)) {
                    return true;
                }
            }
        }
        return false;
    }
}
