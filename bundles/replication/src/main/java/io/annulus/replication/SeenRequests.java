package io.annulus.replication;

import io.annulus.api.runtime.Sender;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The last requests to coordinate a write, so that a doubled message does not become a second version: the second copy would
 * be a sibling of the first, or apply what the first was told is not applied. Bounded, eldest out. Owned by the event loop.
 */
final class SeenRequests {

    private record Seen(String node, long storeId, long requestId) {}

    private final int most;
    private final Set<Seen> seen = new LinkedHashSet<>();

    SeenRequests(int most) {
        this.most = most;
    }

    /** Whether this is the first copy of a request. */
    boolean isFirst(Sender from, long requestId) {
        if (!seen.add(new Seen(from.node().name(), from.storeId(), requestId))) {
            return false;
        }
        if (seen.size() > most) {
            seen.remove(seen.iterator().next());
        }
        return true;
    }

    int size() {
        return seen.size();
    }
}
