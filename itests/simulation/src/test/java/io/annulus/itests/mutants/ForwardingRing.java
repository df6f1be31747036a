package io.annulus.itests.mutants;

import io.annulus.api.ring.PreferenceList;
import io.annulus.api.ring.Ring;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.RingService;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Cancellable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A ring that passes everything on; bugs override what they change. */
abstract class ForwardingRing implements Ring {

    private final Ring real;

    ForwardingRing(Ring real) {
        this.real = real;
    }

    /** A service whose states are changed on their way. */
    static RingService service(RingService real, UnaryOperator<RingState> change) {
        return new RingService() {
            @Override
            public RingState state() {
                return change.apply(real.state());
            }

            @Override
            public Cancellable listen(Consumer<RingState> listener) {
                return real.listen(state -> listener.accept(change.apply(state)));
            }
        };
    }

    @Override
    public final long epoch() {
        return real.epoch();
    }

    @Override
    public final long hash() {
        return real.hash();
    }

    @Override
    public final List<RingMember> members() {
        return real.members();
    }

    @Override
    public final int arcBits() {
        return real.arcBits();
    }

    @Override
    public final RingMember ownerOf(int arc) {
        return real.ownerOf(arc);
    }

    @Override
    public PreferenceList preferenceList(Token token, int copies) {
        return real.preferenceList(token, copies);
    }

    @Override
    public final int owningMembers() {
        return real.owningMembers();
    }

    @Override
    public final RingDescription description() {
        return real.description();
    }
}
