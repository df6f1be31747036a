package io.annulus.replication;

import io.annulus.api.ring.Ring;
import io.annulus.api.ring.RingService;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.runtime.Cancellable;
import java.util.Optional;
import java.util.function.Consumer;

/** A ring that the test sets. */
final class TestRings implements RingService {

    private RingState state;

    TestRings(Ring ring) {
        state = new RingState(Optional.of(ring), Standing.OWNER, "");
    }

    void stand(Standing standing) {
        state = new RingState(state.ring(), standing, "set by the test");
    }

    void use(Ring ring) {
        state = new RingState(Optional.of(ring), state.standing(), "set by the test");
    }

    @Override
    public RingState state() {
        return state;
    }

    @Override
    public Cancellable listen(Consumer<RingState> listener) {
        return () -> {};
    }
}
