package io.annulus.replication.hint;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The hints that this node keeps, on disk and bounded in number. Owned by the event loop. */
public final class HintStore {

    /** Name of the table of hints. */
    public static final String TABLE = "_hints";

    /** A new census is due when hints that joined may make up this part of the bound. */
    private static final int SLACK_PARTS = 8;

    private final Table table;
    private final long maxHints;
    private final HintCounts counts = new HintCounts();
    private final Set<NodeId> expected = new TreeSet<>();
    private final Map<HintKey, Integer> appending = new HashMap<>();
    private final Map<NodeId, Set<HintKey>> appendedDuringReplay = new HashMap<>();
    private boolean counted;
    private long dropped;

    public HintStore(Table table, long maxHints) {
        this.table = table;
        this.maxHints = maxHints;
    }

    /** Counts a hint that nobody could keep; its owner is left to repair. */
    public void noneKept() {
        dropped++;
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
        counts.kept(owner);
        appending.merge(hint, 1, Integer::sum);
        table.append(
                hint.token(),
                hint.encode(),
                record,
                Completion.of(
                        durability -> {
                            appended(hint);
                            completion.onResult(durability);
                        },
                        cause -> {
                            appended(hint);
                            counts.less(owner);
                            completion.onFailure(cause);
                        }));
    }

    /** Hints kept in all; hints of one key that joined may count each until the next census. */
    public long count() {
        return counts.total();
    }

    /** Hints that could not be kept, or not be read, since the node started. */
    public long dropped() {
        return dropped;
    }

    /** Owners for whom hints are, or may be, kept. */
    public Set<NodeId> owners() {
        Set<NodeId> owners = counts.owners();
        owners.addAll(expected);
        return owners;
    }

    /** Makes it known that members may have hints from an earlier life of this node, until they have been counted. */
    void expect(Collection<NodeId> members) {
        if (!counted) {
            expected.addAll(members);
        }
    }

    /** Whether the hints should be counted: once in a life, and where joined hints may be what fills the bound. */
    boolean isCensusDue() {
        long slack = Math.max(1, maxHints / SLACK_PARTS);
        return !counted || count() >= maxHints && counts.slack() >= slack;
    }

    /** Begins to count; {@link #countNext} until it yields nothing. */
    void beginCensus() {
        counts.beginCensus();
    }

    /**
     * Counts some more hints.
     *
     * @param after the last one that was counted
     * @param completion takes the last one now, empty when all are counted
     */
    void countNext(Optional<Entry> after, int limit, Completion<Optional<Entry>> completion) {
        Token from = after.map(Entry::token).orElse(new Token(0, 0));
        table.scan(
                from,
                new Token(-1, -1),
                after.map(Entry::key),
                limit,
                Completion.of(entries -> completion.onResult(counted(entries, limit)), completion::onFailure));
    }

    /**
     * Takes hints of an owner for replay. They stay until {@link #delivered}; {@link #replayEnded} must follow before hints of
     * that owner are taken again.
     *
     * @param after the last hint that was taken, empty to begin with the first
     */
    void take(NodeId owner, Optional<Entry> after, int limit, Completion<List<Entry>> completion) {
        Set<HintKey> unseen = new HashSet<>();
        for (HintKey hint : appending.keySet()) {
            if (hint.owner().equals(owner)) {
                unseen.add(hint);
            }
        }
        appendedDuringReplay.put(owner, unseen);
        table.scan(
                after.map(Entry::token).orElse(HintKey.first(owner)),
                HintKey.last(owner),
                after.map(Entry::key),
                limit,
                completion);
    }

    /** An owner holds what a hint brought: removes it, unless more was joined to it since it was taken. */
    void delivered(HintKey key, Entry hint, Completion<Durability> completion) {
        if (appendedDuringReplay.get(key.owner()).contains(key)) {
            completion.onResult(Durability.SYNCED);
        } else {
            remove(key.owner(), hint, completion);
        }
    }

    /** Removes a hint whose key cannot be read. */
    void discard(NodeId owner, Entry hint, Completion<Durability> completion) {
        dropped++;
        remove(owner, hint, completion);
    }

    /**
     * The hints that were taken have been dealt with.
     *
     * @param none whether the owner had none at all, but for those appended since
     */
    void replayEnded(NodeId owner, boolean none) {
        Set<HintKey> appended = appendedDuringReplay.remove(owner);
        if (none && appended.isEmpty()) {
            counts.none(owner);
            expected.remove(owner);
        }
    }

    private void remove(NodeId owner, Entry hint, Completion<Durability> completion) {
        table.remove(
                hint.token(),
                hint.key(),
                Completion.of(
                        durability -> {
                            counts.less(owner);
                            completion.onResult(durability);
                        },
                        completion::onFailure));
    }

    private void appended(HintKey hint) {
        appending.computeIfPresent(hint, (key, open) -> open > 1 ? open - 1 : null);
    }

    private Optional<Entry> counted(List<Entry> entries, int limit) {
        for (Entry entry : entries) {
            HintKey.read(entry).ifPresent(hint -> counts.found(hint.owner()));
        }
        if (entries.size() < limit) {
            counts.endCensus();
            counted = true;
            expected.clear();
            return Optional.empty();
        }
        return Optional.of(entries.get(entries.size() - 1));
    }
}
