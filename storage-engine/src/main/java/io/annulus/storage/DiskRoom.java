package io.annulus.storage;

import java.io.IOException;
import java.util.Optional;

/** Whether the disk has room, and what to say when it has not. Any thread. */
final class DiskRoom {

    /** A little more than a log segment, an identity and a manifest begin with. */
    private static final long LEAST_BYTES = 4 << 20;

    private static final int RESERVE_PARTS = 4;

    private DiskRoom() {}

    /** Why writes are refused for want of room; empty while they are not. */
    static Optional<String> lack(EngineParts parts) {
        try {
            long usable = parts.root().usableBytes();
            long reserve = parts.config().reserveBytes();
            return usable >= reserve
                    ? Optional.empty()
                    : Optional.of("the disk has " + usable + " bytes left, fewer than the reserve of " + reserve
                            + "; make room on it");
        } catch (IOException e) {
            return Optional.of("nobody knows how much room the disk has (" + e.getMessage() + "); check it");
        }
    }

    /** Whether something new may be begun on the disk; one that does not answer raises the fence. */
    static boolean isThere(EngineParts parts, Fence fence) {
        try {
            return parts.root().usableBytes() >= leastBytes(parts.config());
        } catch (IOException e) {
            fence.raise(e);
            return false;
        }
    }

    /** Bytes without which nothing new is begun on the disk: no log segment, and not the engine. */
    static long leastBytes(EngineConfig config) {
        return Math.min(config.reserveBytes() / RESERVE_PARTS, LEAST_BYTES);
    }
}
