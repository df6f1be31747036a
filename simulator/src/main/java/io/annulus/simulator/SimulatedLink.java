package io.annulus.simulator;

import java.util.Optional;

/** The way from one node to another, with what is under way on it. */
final class SimulatedLink {

    private final SimulatedNode from;
    private final SimulatedNode to;
    private final String label;
    private Optional<NetworkSettings> own = Optional.empty();
    private NetworkSettings last = NetworkSettings.CALM;
    private boolean cut;
    private int inFlight;
    private long lastArrivalNanos;
    private long idleFromNanos;

    SimulatedLink(SimulatedNode from, SimulatedNode to) {
        this.from = from;
        this.to = to;
        this.label = from + "->" + to;
    }

    boolean touches(SimulatedNode node) {
        return from == node || to == node;
    }

    /** Sets how this link treats messages; none: as the network does. */
    void set(Optional<NetworkSettings> settings) {
        own = settings;
    }

    void setCut(boolean isCut) {
        cut = isCut;
    }

    boolean isCut() {
        return cut;
    }

    /** What holds now. What was sent under other settings no longer holds up what follows. */
    NetworkSettings settings(NetworkSettings ofNetwork) {
        NetworkSettings now = own.orElse(ofNetwork);
        if (now != last) {
            last = now;
            lastArrivalNanos = 0;
            idleFromNanos = 0;
        }
        return now;
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
