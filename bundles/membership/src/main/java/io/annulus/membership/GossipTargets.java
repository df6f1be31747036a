package io.annulus.membership;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.runtime.RandomSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Chooses whom to tell in a round: some of those who live, and now and then one of those who do not answer (the dead and the
 * seeds never heard of), which joins what was cut in two. A node that knows nobody alive asks those instead. Pure but for the
 * random source.
 */
final class GossipTargets {

    /** One of so many rounds goes to a silent endpoint as well. */
    private static final int ROUNDS_A_PROBE = 4;

    private final int fanout;
    private final RandomSource random;

    GossipTargets(int fanout, RandomSource random) {
        this.fanout = fanout;
        this.random = random;
    }

    List<Endpoint> choose(Collection<Endpoint> living, Collection<Endpoint> silent) {
        if (living.isEmpty()) {
            return some(silent, fanout);
        }
        List<Endpoint> chosen = some(living, fanout);
        if (!silent.isEmpty() && random.nextInt(ROUNDS_A_PROBE) == 0) {
            chosen.addAll(some(silent, 1));
        }
        return chosen;
    }

    /** The beginning of a random order (Fisher and Yates). */
    private List<Endpoint> some(Collection<Endpoint> all, int most) {
        List<Endpoint> order = new ArrayList<>(all);
        int count = Math.min(most, order.size());
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(order.size() - i);
            Endpoint chosen = order.set(other, order.get(i));
            order.set(i, chosen);
        }
        return new ArrayList<>(order.subList(0, count));
    }
}
