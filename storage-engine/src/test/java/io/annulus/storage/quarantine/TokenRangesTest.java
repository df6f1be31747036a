package io.annulus.storage.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.api.ring.Token;
import io.annulus.storage.testkit.Seed;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sets of ranges beside sets of tokens. */
class TokenRangesTest {

    private static final int TOKENS = 40;

    private final Random random = Seed.random("TokenRangesTest");

    @Test
    void rangesHoldWhatASetOfTheirTokensHolds() {
        for (int round = 0; round < 2000; round++) {
            TokenRanges ranges = TokenRanges.NONE;
            Set<Integer> model = new TreeSet<>();
            for (int i = 0; i < 8; i++) {
                int from = random.nextInt(TOKENS);
                int to = Math.min(TOKENS - 1, from + random.nextInt(6));
                ranges = ranges.with(new TokenRange(token(from), token(to)));
                for (int added = from; added <= to; added++) {
                    model.add(added);
                }
                check(ranges, model);
            }
        }
    }

    private void check(TokenRanges ranges, Set<Integer> model) {
        for (int i = 0; i < TOKENS; i++) {
            assertEquals(model.contains(i), ranges.contains(token(i)));
        }
        int from = random.nextInt(TOKENS);
        int to = from + random.nextInt(TOKENS - from);
        TokenRange asked = new TokenRange(token(from), token(to));
        Set<Integer> missing = new TreeSet<>();
        for (int i = from; i <= to; i++) {
            if (!model.contains(i)) {
                missing.add(i);
            }
        }
        Set<Integer> told = new TreeSet<>();
        for (TokenRange part : ranges.missingOf(asked)) {
            for (int i = 0; i < TOKENS; i++) {
                if (part.contains(token(i))) {
                    told.add(i);
                }
            }
        }
        assertEquals(missing, told, () -> ranges + " of " + asked);
        assertEquals(missing.isEmpty(), ranges.contains(asked), () -> ranges + " of " + asked);
    }

    /** Across the border between the halves of a token. */
    private static Token token(int i) {
        long low = i - TOKENS / 2;
        return new Token(low < 0 ? 6 : 7, low);
    }

    @Test
    void theGreatestTokenHasNoneBehindIt() {
        TokenRange last = new TokenRange(new Token(-1, -2), TokenRange.GREATEST);
        TokenRanges ranges = TokenRanges.NONE.with(last).with(new TokenRange(TokenRange.LEAST, TokenRange.LEAST));
        assertEquals(List.of(new TokenRange(new Token(0, 1), new Token(-1, -3))), ranges.missingOf(TokenRange.ALL));
    }
}
