package io.annulus.api.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The name of a node, unique in its cluster and kept in its data directory.
 *
 * @param name 1 to 63 bytes of letters, digits, dot, dash and underscore
 */
public record NodeId(String name) implements Comparable<NodeId> {

    /** Longest name in bytes. */
    public static final int MAX_BYTES = 63;

    public NodeId {
        Objects.requireNonNull(name, "name");
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > MAX_BYTES || !isAllowed(name)) {
            throw new IllegalArgumentException("node name '" + name + "' is not 1 to " + MAX_BYTES
                    + " letters, digits, '.', '-' or '_'; set a shorter, plain name");
        }
    }

    private static boolean isAllowed(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 128 || !Character.isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(NodeId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
