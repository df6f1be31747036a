package io.annulus.simulator;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The way from one node to another, with what is under way on it. Who cuts or alters it holds a claim, so that of faults that
 * overlap each ends with its own mend only.
 */
final class SimulatedLink {

    private static final long CUT = -1;

    private final String label;
    private final Set<Object> cuts = new HashSet<>();
    private final Map<Object, UnaryOperator<NetworkSettings>> changes = new LinkedHashMap<>();
    private NetworkSettings ofNetwork = NetworkSettings.CALM;
    private NetworkSettings inForce = NetworkSettings.CALM;
    private long cutsBegun;
    private int inFlight;
    private long lastArrivalNanos;
    private long idleFromNanos;

    SimulatedLink(SimulatedNode from, SimulatedNode to) {
        this.label = from + "->" + to;
    }

    void alter(Object claim, UnaryOperator<NetworkSettings> change) {
        changes.put(claim, change);
        apply();
    }

    void restore(Object claim) {
        changes.remove(claim);
        apply();
    }

    void cut(Object claim) {
        cutsBegun++;
        cuts.add(claim);
    }

    void mend(Object claim) {
        cuts.remove(claim);
    }

    void mend() {
        cuts.clear();
    }

    /** What a message takes along when it is sent, to know on arrival whether there was a cut meanwhile. */
    long state() {
        return cuts.isEmpty() ? cutsBegun : CUT;
    }

    /** Whether there was no cut when a message was sent, and none since. */
    boolean wasOpenSince(long stateWhenSent) {
        return stateWhenSent != CUT && stateWhenSent == cutsBegun;
    }

    /** What holds now. */
    NetworkSettings settings(NetworkSettings ofNetworkNow) {
        if (ofNetworkNow != ofNetwork) {
            ofNetwork = ofNetworkNow;
            apply();
        }
        return inForce;
    }

    /** What was sent under other settings no longer holds up what follows. */
    private void apply() {
        Bandwidth before = inForce.bandwidth();
        inForce = ofNetwork;
        changes.values().forEach(change -> inForce = change.apply(inForce));
        lastArrivalNanos = 0;
        if (!inForce.bandwidth().equals(before)) {
            idleFromNanos = 0;
        }
    }

    /** Whether a message finds room. */
    boolean accepts(NetworkSettings now, long bytes, long nanos) {
        if (inFlight >= now.maxInFlight()) {
            return false;
        }
        Bandwidth bandwidth = now.bandwidth();
        return !bandwidth.isLimited()
                || idleFromNanos <= nanos
                || bandwidth.bytesIn(idleFromNanos - nanos) + bytes <= bandwidth.maxQueuedBytes();
    }

    /** Sends a message on its way and gives when it arrives. */
    long depart(NetworkSettings now, long bytes, long nanos, SimulatedRandom random) {
        inFlight++;
        idleFromNanos = Math.max(idleFromNanos, nanos) + now.bandwidth().nanosFor(bytes);
        long latency = now.latency().draw(random);
        if (random.perMillion(now.reorderPerMillion())) {
            return idleFromNanos + latency * random.between(1, 10);
        }
        lastArrivalNanos = Math.max(lastArrivalNanos, idleFromNanos + latency);
        return lastArrivalNanos;
    }

    void arrived() {
        inFlight--;
    }

    @Override
    public String toString() {
        return label;
    }
}
