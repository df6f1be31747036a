package io.annulus.simulator.workload;

import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.KeyspaceStorage;
import io.annulus.api.storage.Durability;
import io.annulus.simulator.history.Mode;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the clients do.
 *
 * <ul>
 *   <li>{@link Mode#SIBLINGS}, keys {@code s-0, s-1, ...}: in a causal keyspace, everything at every level.
 *   <li>{@link Mode#LWW}, keys {@code l-0, ...}: in a last-write-wins keyspace, everything at every level.
 *   <li>{@link Mode#REGISTER}, keys {@code r-0, ...}: registers with one writer each, in the causal keyspace, as
 *       {@link RegisterClient} describes.
 * </ul>
 *
 * @param modes the kinds of keys
 * @param copies N
 * @param reads R of the keyspaces
 * @param writes W of the keyspaces
 * @param clients clients that work on siblings and last-write-wins keys
 * @param keys keys of each kind; the first is as often used as all others together
 * @param maxValueBytes greatest value, from {@link #LEAST_VALUE_BYTES} on
 * @param think mean time between an answer and the next request
 * @param durability of the keyspaces
 */
public record WorkloadPlan(
        Set<Mode> modes,
        int copies,
        int reads,
        int writes,
        int clients,
        int keys,
        int maxValueBytes,
        Duration think,
        Durability durability) {

    /** Room for what tells a value from all others. */
    public static final int LEAST_VALUE_BYTES = 32;

    static final String SIBLINGS = "siblings";
    static final String LWW = "lww";
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_SIBLINGS = 64;
    private static final Map<String, Mode> PREFIXES = Map.of("s-", Mode.SIBLINGS, "l-", Mode.LWW, "r-", Mode.REGISTER);

    public WorkloadPlan {
        if (modes.isEmpty() || !PREFIXES.values().containsAll(modes)) {
            throw new IllegalArgumentException(
                    "there is no workload for " + modes + "; choose of " + EnumSet.copyOf(PREFIXES.values()));
        }
        if (copies < 1 || clients < 1 || keys < 1 || think.isNegative() || think.isZero()) {
            throw new IllegalArgumentException("N = " + copies + ", " + clients + " clients, " + keys + " keys, "
                    + think + " between requests: each must be above 0");
        }
        if (maxValueBytes < LEAST_VALUE_BYTES) {
            throw new IllegalArgumentException("values of at most " + maxValueBytes
                    + " bytes cannot be told from each other; give " + LEAST_VALUE_BYTES + " or more");
        }
        if (durability != Durability.SYNCED && modes.contains(Mode.REGISTER)) {
            throw new IllegalArgumentException("registers are read atomically, which no keyspace of durability "
                    + durability + " offers; leave REGISTER out of the modes, or choose SYNCED");
        }
        modes = Collections.unmodifiableSet(EnumSet.copyOf(modes));
    }

    /** Whether a write is synced before it is acknowledged: only then can two quorums be relied upon to meet. */
    public boolean isSynced() {
        return durability == Durability.SYNCED;
    }

    /** All kinds of keys, with majorities for R and W. */
    public static WorkloadPlan standard(int copies) {
        int majority = copies / 2 + 1;
        return new WorkloadPlan(
                EnumSet.of(Mode.SIBLINGS, Mode.LWW, Mode.REGISTER),
                copies,
                majority,
                majority,
                5,
                4,
                2_048,
                Duration.ofMillis(60),
                Durability.SYNCED);
    }

    /** The same, with keyspaces of another durability. */
    public WorkloadPlan with(Durability other) {
        return new WorkloadPlan(modes, copies, reads, writes, clients, keys, maxValueBytes, think, other);
    }

    /** The keyspaces that the nodes must open. */
    public List<KeyspaceSettings> keyspaces() {
        return List.of(keyspace(SIBLINGS, KeyspaceMode.CAUSAL), keyspace(LWW, KeyspaceMode.LAST_WRITE_WINS));
    }

    /** Which mode a key has, by its prefix. */
    public static Map<String, Mode> modesByPrefix() {
        return PREFIXES;
    }

    /** The name of the keyspace that a key stands in. */
    public static String keyspaceOf(String key) {
        return key.startsWith("l-") ? LWW : SIBLINGS;
    }

    private KeyspaceSettings keyspace(String name, KeyspaceMode mode) {
        KeyspaceStorage storage = KeyspaceStorage.DEFAULT.with(durability);
        return new KeyspaceSettings(
                name, mode, copies, reads, writes, true, TIMEOUT_MILLIS, maxValueBytes, MAX_SIBLINGS, storage);
    }
}
