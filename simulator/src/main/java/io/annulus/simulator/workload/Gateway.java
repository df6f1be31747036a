package io.annulus.simulator.workload;

import io.annulus.api.Keyspace;
import io.annulus.api.version.Dot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where clients reach the store. */
public interface Gateway {

    /** The nodes, down ones included. */
    List<String> names();

    /** A keyspace at a node; empty while the node does not serve it. */
    Optional<Keyspace> keyspace(String node, String name);

    /** The timestamp that a last-write-wins write was given, where it is known. */
    OptionalLong timestampOf(Dot dot);
}
