package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.Receipt;
import io.annulus.api.StoreClosedException;
import io.annulus.api.UnavailableException;
import io.annulus.api.ring.PreferenceList;
import io.annulus.api.ring.Ring;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.ring.Token;
import java.util.Objects;

/**
 * Where the copies of one key are, in one ring.
 *
 * @param epoch epoch of that ring
 * @param copies N in effect: the keyspace's, or how many members own arcs where that is less
 * @param list owners and stand-ins
 */
record Placement(long epoch, int copies, PreferenceList list) {

    Placement {
        Objects.requireNonNull(list, "list");
    }

    /**
     * The placement of a token in a keyspace.
     *
     * @throws AnnulusException not applied, when there is no ring to place it in
     */
    static Placement of(RingState state, KeyspaceSettings settings, Token token) {
        if (state.ring().isEmpty() || state.standing() == Standing.CONFLICT) {
            throw new StoreClosedException("the node does not serve yet: " + state.explanation(), Receipt.none(0));
        }
        Ring ring = state.ring().get();
        if (ring.owningMembers() == 0) {
            throw new StoreClosedException(
                    "no member of the ring owns data: give at least one a weight above 0", Receipt.none(0));
        }
        int copies = Math.min(settings.copies(), ring.owningMembers());
        return new Placement(ring.epoch(), copies, ring.preferenceList(token, copies));
    }

    /**
     * How many answers an operation needs.
     *
     * @param asked what the caller named, 0 for the keyspace's
     * @param usual the keyspace's, cut down to the copies there are
     * @throws UnavailableException when more are named than there are copies
     */
    int required(String letter, int asked, int usual) {
        if (asked > copies) {
            throw new UnavailableException(
                    letter + " = " + asked + " needs as many members that own data, and the ring has " + copies
                            + "; ask for at most " + copies + " or add members",
                    Receipt.none(asked));
        }
        return asked == 0 ? Math.min(usual, copies) : asked;
    }

    int majority() {
        return copies / 2 + 1;
    }
}
