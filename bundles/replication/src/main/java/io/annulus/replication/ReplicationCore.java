package io.annulus.replication;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.replication.hint.HintStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the coordinators and handlers of one node share. Owned by the event loop.
 */
final class ReplicationCore {

    private final Environment environment;
    private final RequestTable requests;
    private final HintStore hints;
    private final LocalReader localReader;
    private final KeyChains chains = new KeyChains();
    private final Map<String, KeyspaceState> keyspaces = new TreeMap<>();
    private final Set<Underway> underway = new LinkedHashSet<>();
    private final Set<WriteOperation> lingering = new LinkedHashSet<>();
    private int inFlight;
    private int repairs;
    private boolean fenced;
    private boolean closed;
    private long failedRepairs;

    ReplicationCore(Environment environment, HintStore hints) {
        this.environment = environment;
        this.hints = hints;
        this.localReader = new LocalReader(environment);
        this.requests = new RequestTable(environment.runtime().random().nextLong());
    }

    Environment environment() {
        return environment;
    }

    RequestTable requests() {
        return requests;
    }

    HintStore hints() {
        return hints;
    }

    LocalReader localReader() {
        return localReader;
    }

    /** Whether a record that came from elsewhere is whole. */
    boolean isSound(byte[] record) {
        try {
            environment.versioning().verify(record);
            return true;
        } catch (CorruptRecordException e) {
            return false;
        }
    }

    KeyChains chains() {
        return chains;
    }

    void addKeyspace(KeyspaceState keyspace) {
        keyspaces.put(keyspace.name(), keyspace);
    }

    void removeKeyspace(String name) {
        keyspaces.remove(name);
    }

    Optional<KeyspaceState> keyspace(String name) {
        return Optional.ofNullable(keyspaces.get(name));
    }

    /** Takes a place among the operations in flight; false when there is none. */
    boolean admit() {
        if (inFlight >= environment.config().maxInFlight()) {
            return false;
        }
        inFlight++;
        return true;
    }

    void release() {
        inFlight--;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether this node's log has failed, so that it can neither acknowledge nor coordinate as an owner. */
    boolean isFenced() {
        return fenced;
    }

    void logFailed() {
        fenced = true;
    }

    void repairFailed() {
        failedRepairs++;
    }

    long failedRepairs() {
        return failedRepairs;
    }

    /** Takes a place among the repairs behind reads, as many as operations; false when there is none. */
    boolean admitRepair() {
        if (repairs >= environment.config().maxInFlight()) {
            return false;
        }
        repairs++;
        return true;
    }

    void releaseRepair() {
        repairs--;
    }

    /** Notes what is to be given up when the node closes. */
    void begin(Underway operation) {
        underway.add(operation);
    }

    /** It has ended by itself. */
    void ended(Underway operation) {
        underway.remove(operation);
    }

    /** How much is under way. */
    int underway() {
        return underway.size();
    }

    /**
     * Keeps a write, answered already, until its last replica has answered or its deadline is over. When too many linger the
     * eldest is ended, and hints take the place of the answers that it still waits for.
     */
    void linger(WriteOperation operation) {
        lingering.add(operation);
        if (lingering.size() > environment.config().maxInFlight()) {
            lingering.iterator().next().finish();
        }
    }

    void lingersNoMore(WriteOperation operation) {
        lingering.remove(operation);
    }

    Cancellable after(long millis, Runnable task) {
        return environment.loop().schedule(millis * 1_000_000L, task);
    }

    /** Gives up what is under way: callers are told, and hints are kept for what is not known to have arrived. */
    void close() {
        closed = true;
        for (Underway operation : new ArrayList<>(underway)) {
            operation.abandon();
        }
    }
}
