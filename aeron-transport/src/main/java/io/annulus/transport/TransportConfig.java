package io.annulus.transport;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What the transport of one node may use.
 *
 * @param clusterName frames of a cluster of another name are dropped; 1 to 63 characters
 * @param directory where Aeron's own directory of shared memory is made, and removed again
 * @param termLengthBytes length of an Aeron term, a power of two of 64 KiB to 128 MiB; three are kept a peer and direction
 * @param maxMessageBytes longest message that is sent or taken
 * @param peerQueueMessages most messages that wait for one peer, and most that wait for the node itself
 * @param peerQueueBytes most bytes that wait for one peer, or for the node itself
 * @param totalBytes most bytes that wait for all peers together, and most that incomplete messages of all peers take up
 * @param queueMillis a message that could not be sent for so long is dropped
 * @param idleMillis a peer that nothing was sent to for so long loses its publication until the next message
 * @param allowUnsealed whether an address other than a loopback one may be bound although nothing is sealed
 */
public record TransportConfig(
        String clusterName,
        Path directory,
        int termLengthBytes,
        int maxMessageBytes,
        int peerQueueMessages,
        int peerQueueBytes,
        int totalBytes,
        int queueMillis,
        int idleMillis,
        boolean allowUnsealed) {

    private static final String MEND = "correct it in the configuration annulus.transport";
    private static final int LEAST_TERM = 64 << 10;
    private static final int MOST_TERM = 128 << 20;

    public TransportConfig {
        Objects.requireNonNull(clusterName, "clusterName");
        Objects.requireNonNull(directory, "directory");
        if (clusterName.isBlank() || clusterName.length() > 63) {
            throw new IllegalArgumentException("cluster.name '" + clusterName + "' is not 1 to 63 characters; " + MEND);
        }
        check("term.length.bytes", termLengthBytes, LEAST_TERM, MOST_TERM);
        if (Integer.bitCount(termLengthBytes) != 1) {
            throw new IllegalArgumentException("term.length.bytes " + termLengthBytes
                    + " is not a power of two, for example " + (4 << 20) + "; " + MEND);
        }
        check("max.message.bytes", maxMessageBytes, 1 << 10, 1 << 28);
        check("peer.queue.messages", peerQueueMessages, 1, 1 << 20);
        check("peer.queue.bytes", peerQueueBytes, maxMessageBytes, 1 << 30);
        check("total.bytes", totalBytes, peerQueueBytes, 1 << 30);
        check("queue.millis", queueMillis, 100, 600_000);
        check("idle.millis", idleMillis, 1_000, 86_400_000);
    }

    /** The defaults, with Aeron's directory inside of {@code directory}. */
    public static TransportConfig in(Path directory) {
        return new TransportConfig(
                "annulus", directory, 4 << 20, 20 << 20, 8192, 24 << 20, 64 << 20, 5_000, 60_000, false);
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " " + value + " is not " + least + " to " + most + "; " + MEND);
        }
    }
}
