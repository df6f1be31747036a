package io.annulus.itests.mutants;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.version.Versioning;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import io.annulus.versioning.RecordVersioning;
import java.util.function.UnaryOperator;

/** Damage to records on their way. */
final class WireBugs {

    private static final Versioning VERSIONING = new RecordVersioning();
    private static final int ONE_IN = 40;
    private static final long UNTIL_NANOS = 8_000_000_000L;

    private WireBugs() {}

    /** No bug: a bit flips in some records on their way, as on a bad line, for a while. Checksums find it. */
    static Seams flippedBits() {
        return Wrapped.messenger(
                (node, real) -> new Damaging(node, real, record -> Records.withFlippedBit(VERSIONING, record)));
    }

    /** Some records are damaged before they are sent, and are given a checksum that fits. */
    static Seams damagedAndSealed() {
        return Wrapped.messenger((node, real) ->
                new Damaging(node, real, record -> Records.sealed(Records.withFlippedBit(VERSIONING, record))));
    }

    /** A bad line, and checksums that nobody looks at. */
    static Seams checksumIgnored() {
        Seams line = flippedBits();
        Seams unchecked = VersioningBugs.checksumIgnored();
        return new Seams() {
            @Override
            public Messenger messenger(SimulatedNode node, Messenger real) {
                return line.messenger(node, real);
            }

            @Override
            public Versioning versioning(SimulatedNode node, Versioning real) {
                return unchecked.versioning(node, real);
            }
        };
    }

    private static final class Damaging extends ForwardingMessenger {

        private final SimulatedNode node;
        private final UnaryOperator<byte[]> damage;

        Damaging(SimulatedNode node, Messenger real, UnaryOperator<byte[]> damage) {
            super(real);
            this.node = node;
            this.damage = damage;
        }

        @Override
        public boolean send(Endpoint to, Message message) {
            boolean struck = node.world().nanos() < UNTIL_NANOS && node.random().nextInt(ONE_IN) == 0;
            return super.send(to, struck && message instanceof WriteRequest write ? damaged(write) : message);
        }

        private WriteRequest damaged(WriteRequest write) {
            return new WriteRequest(
                    write.requestId(),
                    write.ringEpoch(),
                    write.keyspace(),
                    write.hintFor(),
                    write.key(),
                    damage.apply(write.record()));
        }
    }
}
