package io.annulus.storage.quarantine;

import io.annulus.api.ring.Token;
import java.util.ArrayList;
import java.util.List;

/** A set of tokens as ranges that neither overlap nor touch, ascending; immutable. */
public final class TokenRanges {

    /** No token. */
    public static final TokenRanges NONE = new TokenRanges(List.of());

    private final List<TokenRange> ranges;

    private TokenRanges(List<TokenRange> ranges) {
        this.ranges = ranges;
    }

    /** Whether it has no token. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether a token is in it. */
    public boolean contains(Token token) {
        for (TokenRange range : ranges) {
            if (range.contains(token)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all tokens of a range are in it. */
    public boolean contains(TokenRange all) {
        for (TokenRange range : ranges) {
            if (range.contains(all)) {
                return true;
            }
        }
        return false;
    }

    /** These tokens and those of a range. */
    public TokenRanges with(TokenRange added) {
        List<TokenRange> all = new ArrayList<>();
        TokenRange grown = added;
        int at = 0;
        for (TokenRange range : ranges) {
            if (touch(range, grown)) {
                grown = grown.span(range);
            } else {
                all.add(range);
                at += range.to().compareTo(grown.from()) < 0 ? 1 : 0;
            }
        }
        all.add(at, grown);
        return new TokenRanges(List.copyOf(all));
    }

    /** The parts of a range that are not in it, ascending. */
    public List<TokenRange> missingOf(TokenRange whole) {
        List<TokenRange> missing = new ArrayList<>();
        Token from = whole.from();
        for (TokenRange range : ranges) {
            if (range.overlaps(whole)) {
                if (range.from().compareTo(from) > 0) {
                    missing.add(new TokenRange(from, TokenRange.before(range.from())));
                }
                if (range.to().compareTo(whole.to()) >= 0) {
                    return missing;
                }
                from = TokenRange.next(range.to());
            }
        }
        missing.add(new TokenRange(from, whole.to()));
        return missing;
    }

    private static boolean touch(TokenRange one, TokenRange other) {
        return one.overlaps(other) || follows(one, other) || follows(other, one);
    }

    private static boolean follows(TokenRange first, TokenRange second) {
        return !first.to().equals(TokenRange.GREATEST)
                && TokenRange.next(first.to()).equals(second.from());
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
