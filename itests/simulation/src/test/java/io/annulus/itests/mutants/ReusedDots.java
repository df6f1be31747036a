package io.annulus.itests.mutants;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.Dot;
import io.annulus.api.version.DotSupply;
import io.annulus.api.version.Stamp;
import io.annulus.api.version.Versioning;
import io.annulus.itests.simulation.ForwardingVersioning;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dots of an origin that a node keeps for good, counted on from what its own disk shows after a restart: what it had sent to
 * others and not synced itself when its power was cut, or had on a disk that is gone, it issues again.
 */
final class ReusedDots implements DotSupply {

    private final Versioning versioning;
    private final long origin;
    private long last;
    private boolean counted;

    private ReusedDots(Versioning versioning, long origin, Table table) {
        this.versioning = versioning;
        this.origin = origin;
        table.scan(
                new Token(0, 0),
                new Token(-1, -1),
                Optional.empty(),
                1024,
                Completion.of(this::countOn, cause -> counted = true));
    }

    /** @param keyspace the one keyspace of the run */
    static Seams seams(String keyspace) {
        Map<SimulatedNode, Long> origins = new HashMap<>();
        return new Seams() {
            private Versioning versioning;

            @Override
            public Versioning versioning(SimulatedNode node, Versioning real) {
                versioning = new Unguarded(real);
                return versioning;
            }

            @Override
            public DotSupply dots(SimulatedNode node, DotSupply real) {
                long origin = origins.computeIfAbsent(
                        node, first -> first.storage().identity().origin());
                return new ReusedDots(
                        versioning, origin, node.storage().openTable(new TableSpec(keyspace, versioning)));
            }
        };
    }

    @Override
    public Optional<Dot> next() {
        return counted ? Optional.of(new Dot(origin, ++last)) : Optional.empty();
    }

    @Override
    public void abandonOrigin() {
        // The bug planted here is that dots are reused, whatever happens.
    }

    private void countOn(List<Entry> entries) {
        for (Entry entry : entries) {
            last = Math.max(
                    last, Records.greatest(versioning.view(entry.record()).context(), origin));
        }
        counted = true;
    }

    /** Versioning that does not notice a dot which was seen before. */
    private static final class Unguarded extends ForwardingVersioning {

        Unguarded(Versioning real) {
            super(real);
        }

        @Override
        public byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value) {
            boolean fresh = local.isEmpty()
                    || Records.greatest(view(local.get()).context(), stamp.dot().origin())
                            < stamp.dot().sequence();
            return fresh ? super.update(local, context, stamp, value) : join(local.get(), delta(context, stamp, value));
        }
    }
}
