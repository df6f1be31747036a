package io.annulus.storage.quarantine;

import io.annulus.api.ring.Token;
import java.util.List;

/** The healed ranges of one table; immutable. */
public final class Healed {

    /** Nothing was healed. */
    public static final Healed NONE = new Healed(List.of());

    private final List<HealedRange> ranges;

    Healed(List<HealedRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** Whether a sorted table up to a sequence says nothing of a token. */
    public boolean hides(Token token, long lastSequence) {
        for (HealedRange healed : ranges) {
            if (lastSequence <= healed.sequence() && healed.range().contains(token)) {
                return true;
            }
        }
        return false;
    }

    /** The tokens of which a sorted table up to a sequence says nothing. */
    public TokenRanges hiddenIn(long lastSequence) {
        TokenRanges hidden = TokenRanges.NONE;
        for (HealedRange healed : ranges) {
            if (lastSequence <= healed.sequence()) {
                hidden = hidden.with(healed.range());
            }
        }
        return hidden;
    }
}
