package io.annulus.simulator.history;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What holds for a whole run.
 *
 * @param seed of the run, 0 where there is none
 * @param mode of keys that no prefix fits
 * @param modes key prefix to mode; the longest prefix that fits counts
 * @param promises what every process of the run was promised for all its operations, beyond what receipts claim
 * @param peaceNanos when the last fault had ended; {@link Long#MAX_VALUE} when that never was
 */
public record Setting(long seed, Mode mode, Map<String, Mode> modes, Set<Promise> promises, long peaceNanos) {

    public Setting {
        Objects.requireNonNull(mode, "mode");
        modes = Collections.unmodifiableSortedMap(new TreeMap<>(modes));
        promises = Set.copyOf(promises);
    }

    /** A run of one mode that never has peace. */
    public static Setting of(Mode mode) {
        return new Setting(0, mode, Map.of(), Set.of(), Long.MAX_VALUE);
    }

    /** The mode of a key. */
    public Mode modeOf(String key) {
        Mode found = mode;
        int longest = -1;
        for (Map.Entry<String, Mode> entry : modes.entrySet()) {
            if (key.startsWith(entry.getKey()) && entry.getKey().length() > longest) {
                longest = entry.getKey().length();
                found = entry.getValue();
            }
        }
        return found;
    }
}
