package io.annulus.itests.simulation;

import io.annulus.api.Keyspace;
import io.annulus.api.cluster.Membership;
import io.annulus.api.ring.RingService;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.version.Dot;
import io.annulus.api.version.DotSupply;
import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import io.annulus.api.version.Versioning;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Listens in on the timestamps that last-write-wins writes are given, since no answer shows them to a client and the judge of
 * such keys needs them. Changes nothing.
 */
final class Timestamps {

    private final Map<Dot, Long> byDot = new TreeMap<>();

    OptionalLong of(Dot dot) {
        Long timestamp = byDot.get(dot);
        return timestamp == null ? OptionalLong.empty() : OptionalLong.of(timestamp);
    }

    /** The given seams, with an ear at the making of registers. */
    Seams heardAt(Seams seams) {
        return new HeardSeams(seams);
    }

    private final class HeardSeams implements Seams {

        private final Seams seams;

        HeardSeams(Seams seams) {
            this.seams = seams;
        }

        @Override
        public NodeRuntime runtime(SimulatedNode node) {
            return seams.runtime(node);
        }

        @Override
        public Messenger messenger(SimulatedNode node, Messenger real) {
            return seams.messenger(node, real);
        }

        @Override
        public StorageEngine storage(SimulatedNode node, StorageEngine real) {
            return seams.storage(node, real);
        }

        @Override
        public Membership membership(SimulatedNode node, Membership real) {
            return seams.membership(node, real);
        }

        @Override
        public RingService rings(SimulatedNode node, RingService real) {
            return seams.rings(node, real);
        }

        @Override
        public Versioning versioning(SimulatedNode node, Versioning real) {
            return new HeardVersioning(seams.versioning(node, real));
        }

        @Override
        public DotSupply dots(SimulatedNode node, DotSupply real) {
            return seams.dots(node, real);
        }

        @Override
        public Keyspace keyspace(SimulatedNode node, Keyspace real) {
            return seams.keyspace(node, real);
        }
    }

    private final class HeardVersioning implements Versioning {

        private final Versioning real;

        HeardVersioning(Versioning real) {
            this.real = real;
        }

        @Override
        public byte[] register(Stamp stamp, Optional<byte[]> value) {
            byDot.put(stamp.dot(), stamp.timestamp());
            return real.register(stamp, value);
        }

        @Override
        public byte[] join(byte[] left, byte[] right) {
            return real.join(left, right);
        }

        @Override
        public void verify(byte[] record) {
            real.verify(record);
        }

        @Override
        public byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value) {
            return real.update(local, context, stamp, value);
        }

        @Override
        public byte[] delta(byte[] context, Stamp stamp, Optional<byte[]> value) {
            return real.delta(context, stamp, value);
        }

        @Override
        public RecordView view(byte[] record) {
            return real.view(record);
        }

        @Override
        public long digest(byte[] record) {
            return real.digest(record);
        }

        @Override
        public byte[] joinContexts(byte[] left, byte[] right) {
            return real.joinContexts(left, right);
        }

        @Override
        public void verifyContext(byte[] context) {
            real.verifyContext(context);
        }
    }
}
