package io.annulus.simulator;

import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.TableSpec;
import java.util.List;
import java.util.Set;

/** A small protocol that uses every seam: each node sends numbers to all others and stores the ones it gets. */
final class GossipingProgram {

    private static final long PERIOD_NANOS = 3_000_000;

    private final SimulatedNode node;
    private final List<SimulatedNode> peers;

    GossipingProgram(SimulatedNode node, List<SimulatedNode> peers) {
        this.node = node;
        this.peers = peers;
        node.messenger()
                .listen(Set.of(Verb.RING_REQUEST), (from, message) -> store(((RingRequest) message).knownEpoch()));
        tick();
    }

    private void tick() {
        SimulatedNode peer = peers.get(node.random().nextInt(peers.size()));
        node.messenger()
                .send(peer.settings().endpoint(), new RingRequest(node.random().nextInt(1000)));
        node.loop().schedule(PERIOD_NANOS, this::tick);
    }

    private void store(long number) {
        byte[] key = {(byte) number, (byte) (number >>> 8)};
        node.storage()
                .openTable(new TableSpec("numbers", new GreatestJoin()))
                .append(Token.of(key), key, key, Completion.of(done -> {}, failure -> {}));
    }
}
