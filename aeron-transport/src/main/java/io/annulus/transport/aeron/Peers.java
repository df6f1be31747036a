package io.annulus.transport.aeron;

import io.annulus.api.cluster.Endpoint;
import io.annulus.transport.TransportConfig;
import io.annulus.transport.frame.ByteBudget;
import io.annulus.transport.frame.OutgoingQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The peers that were sent to lately. Loop only. */
final class Peers {

    /** Far above the members of any cluster; addresses made up by a stranger do not fill the memory. */
    static final int MAX_PEERS = 2048;

    private final Map<Endpoint, Peer> byEndpoint = new HashMap<>();
    private final List<Peer> peers = new ArrayList<>();
    private final Peer.Shared shared;
    private final TransportConfig config;
    private final ByteBudget budget;

    Peers(Peer.Shared shared, TransportConfig config) {
        this.shared = shared;
        this.config = config;
        this.budget = new ByteBudget(config.totalBytes());
    }

    /** The peer at an address; empty when there are too many. */
    Optional<Peer> at(Endpoint endpoint, long nowNanos) {
        Peer peer = byEndpoint.get(endpoint);
        if (peer == null && peers.size() < MAX_PEERS) {
            OutgoingQueue queue = new OutgoingQueue(config.peerQueueMessages(), config.peerQueueBytes(), budget);
            peer = new Peer(endpoint, shared, queue, nowNanos);
            byEndpoint.put(endpoint, peer);
            peers.add(peer);
        }
        return Optional.ofNullable(peer);
    }

    int poll(long nowNanos) {
        int work = 0;
        for (int i = 0; i < peers.size(); i++) {
            work += peers.get(i).poll(nowNanos);
        }
        return work;
    }

    /** Lets go of peers that nothing was sent to for long. */
    void closeIdle(long nowNanos) {
        long idleNanos = TimeUnit.MILLISECONDS.toNanos(config.idleMillis());
        for (int i = peers.size() - 1; i >= 0; i--) {
            Peer peer = peers.get(i);
            if (peer.isIdle(nowNanos, idleNanos)) {
                peers.remove(i);
                byEndpoint.remove(peer.endpoint());
                peer.close();
            }
        }
    }

    int size() {
        return peers.size();
    }

    void close() {
        peers.forEach(Peer::close);
        peers.clear();
        byEndpoint.clear();
    }
}
