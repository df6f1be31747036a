package io.annulus.shell;

import io.annulus.api.Annulus;
import io.annulus.api.KeyspaceSettings;
import java.util.List;

/** What is said of a keyspace that is not there. */
public final class Keyspaces {

    private Keyspaces() {}

    /** The error for a name that the node has no keyspace of. */
    public static CommandException unknown(String name, Annulus annulus) {
        List<String> names =
                annulus.keyspaces().stream().map(KeyspaceSettings::name).toList();
        String existing = names.isEmpty()
                ? "this node has none; write etc/annulus.keyspace-" + name + ".cfg on every node"
                : "there are " + String.join(", ", names) + "; take one with -k, or write etc/annulus.keyspace-" + name
                        + ".cfg on every node";
        return new CommandException("there is no keyspace '" + name + "': " + existing);
    }
}
