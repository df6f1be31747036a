package io.annulus.itests.simulation;

import io.annulus.api.version.Dot;
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

    /** An ear at the making of registers. */
    Seams listening() {
        return new Seams() {
            @Override
            public Versioning versioning(SimulatedNode node, Versioning real) {
                return new HeardVersioning(real);
            }
        };
    }

    private final class HeardVersioning extends ForwardingVersioning {

        HeardVersioning(Versioning real) {
            super(real);
        }

        @Override
        public byte[] register(Stamp stamp, Optional<byte[]> value) {
            byDot.put(stamp.dot(), stamp.timestamp());
            return real.register(stamp, value);
        }
    }
}
