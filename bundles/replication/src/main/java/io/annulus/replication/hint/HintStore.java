package io.annulus.replication.hint;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hints that this node keeps, on disk and bounded in number. The count of an owner's hints is
 * an upper bound, since hints of one key join into one, until its hints have been read to the end. Owned by the event loop.
 */
public final class HintStore {

    /** Name of the table of hints. */
    public static final String TABLE = "_hints";

    private final Table table;
    private final long maxHints;
    private final Map<NodeId, Long> counts = new TreeMap<>();
    private final Map<NodeId, Set<HintKey>> appendedDuringReplay = new HashMap<>();
    private long dropped;

    public HintStore(Table table, long maxHints) {
        this.table = table;
        this.maxHints = maxHints;
    }

    /** Keeps a record for an owner; a hint that cannot be kept is counted, and left to repair. */
    public void keep(NodeId owner, String keyspace, byte[] key, byte[] record) {
        keep(owner, keyspace, key, record, Completion.of(durability -> {}, cause -> dropped++));
    }

    /** Keeps a record for an owner; fails before any effect when too many are kept. */
    public void keep(NodeId owner, String keyspace, byte[] key, byte[] record, Completion<Durability> completion) {
        if (count() >= maxHints) {
            completion.onFailure(
                    new StorageFullException(
                            "this node keeps " + count()
                                    + " hints, as many as max.hints allows; raise it in annulus.replication.cfg or bring the owners back"));
            return;
        }
        HintKey hint = new HintKey(owner, keyspace, key);
        appendedDuringReplay.computeIfPresent(owner, (name, keys) -> {
            keys.add(hint);
            return keys;
        });
        counts.merge(owner, 1L, Long::sum);
        table.append(hint.token(), hint.encode(), record, Completion.of(completion::onResult, cause -> {
            counts.computeIfPresent(owner, (name, count) -> count > 1 ? count - 1 : null);
            completion.onFailure(cause);
        }));
    }

    /** Hints kept in all. */
    public long count() {
        long all = 0;
        for (long count : counts.values()) {
            all += count;
        }
        return all;
    }

    /** Hints that could not be kept since the node started. */
    public long dropped() {
        return dropped;
    }

    /** Owners for whom hints are, or may be, kept. */
    public Set<NodeId> owners() {
        return new TreeSet<>(counts.keySet());
    }

    /** Makes it known that an owner may have hints from an earlier life of this node. */
    void expect(NodeId owner) {
        counts.putIfAbsent(owner, 1L);
    }

    /**
     * Takes the first hints of an owner for replay. They stay until {@link #delivered}; {@link #replayEnded} must follow before
     * hints of that owner are taken again.
     */
    void take(NodeId owner, int limit, Completion<List<Entry>> completion) {
        appendedDuringReplay.put(owner, new HashSet<>());
        table.scan(HintKey.first(owner), HintKey.last(owner), Optional.empty(), limit, completion);
    }

    /** An owner holds what a hint brought: removes it, unless more was joined to it since it was taken. */
    void delivered(Entry hint, Completion<Durability> completion) {
        HintKey key = HintKey.decode(hint.key());
        if (appendedDuringReplay.get(key.owner()).contains(key)) {
            completion.onResult(Durability.SYNCED);
            return;
        }
        counts.computeIfPresent(key.owner(), (name, count) -> count > 1 ? count - 1 : count);
        table.remove(hint.token(), hint.key(), completion);
    }

    /**
     * The hints that were taken have been dealt with.
     *
     * @param foundNone whether none was found; then the owner has no more, but for those appended since
     */
    void replayEnded(NodeId owner, boolean foundNone) {
        Set<HintKey> appended = appendedDuringReplay.remove(owner);
        if (foundNone && appended.isEmpty()) {
            counts.remove(owner);
        }
    }
}
