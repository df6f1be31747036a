package io.annulus.itests.mutants;

import io.annulus.api.Keyspace;
import io.annulus.api.cluster.Membership;
import io.annulus.api.ring.RingService;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.version.Versioning;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Seams of which one is wrapped and the others are as they are. */
final class Wrapped {

    private Wrapped() {}

    static Seams runtime(UnaryOperator<NodeRuntime> wrap) {
        return new Seams() {
            @Override
            public NodeRuntime runtime(SimulatedNode node, NodeRuntime real) {
                return wrap.apply(real);
            }
        };
    }

    static Seams messenger(BiFunction<SimulatedNode, Messenger, Messenger> wrap) {
        return new Seams() {
            @Override
            public Messenger messenger(SimulatedNode node, Messenger real) {
                return wrap.apply(node, real);
            }
        };
    }

    static Seams storage(BiFunction<SimulatedNode, StorageEngine, StorageEngine> wrap) {
        return new Seams() {
            @Override
            public StorageEngine storage(SimulatedNode node, StorageEngine real) {
                return wrap.apply(node, real);
            }
        };
    }

    static Seams membership(UnaryOperator<Membership> wrap) {
        return new Seams() {
            @Override
            public Membership membership(SimulatedNode node, Membership real) {
                return wrap.apply(real);
            }
        };
    }

    static Seams rings(BiFunction<SimulatedNode, RingService, RingService> wrap) {
        return new Seams() {
            @Override
            public RingService rings(SimulatedNode node, RingService real) {
                return wrap.apply(node, real);
            }
        };
    }

    static Seams versioning(UnaryOperator<Versioning> wrap) {
        return new Seams() {
            @Override
            public Versioning versioning(SimulatedNode node, Versioning real) {
                return wrap.apply(real);
            }
        };
    }

    static Seams keyspace(BiFunction<SimulatedNode, Keyspace, Keyspace> wrap) {
        return new Seams() {
            @Override
            public Keyspace keyspace(SimulatedNode node, Keyspace real) {
                return wrap.apply(node, real);
            }
        };
    }
}
