package io.annulus.storage.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnifiedStrategyTest {

    private static final long FLUSH = 64 << 20;
    private static final UnifiedStrategy TIERED = new UnifiedStrategy(-2, FLUSH, FLUSH);
    private static final UnifiedStrategy LEVELLED = new UnifiedStrategy(2, FLUSH, FLUSH);
    private static final UnifiedStrategy BALANCED = new UnifiedStrategy(0, FLUSH, FLUSH);

    /** All tables hold the same keys. */
    private static final Reclaim SAME_KEYS = share(1, 0);

    @Test
    void tieringWaitsForAsManyRunsAsTheRatioSays() {
        assertEquals(Optional.empty(), TIERED.choose(List.of(wide(1), wide(1), wide(1)), SAME_KEYS));
        assertEquals(List.of(0, 1, 2, 3), chosen(TIERED, wide(1), wide(1), wide(1), wide(1)));
        assertEquals(List.of(0, 1), chosen(BALANCED, wide(1), wide(1)));
        assertEquals(List.of(0, 1), chosen(LEVELLED, wide(1), wide(1), wide(9)));
    }

    @Test
    void aRunThatIsMuchLargerIsLeftAloneAndSmallerOnesBetweenAreTakenAlong() {
        assertEquals(List.of(0, 1, 2, 3), chosen(TIERED, wide(1), wide(1), wide(1), wide(1), wide(40)));
        assertEquals(
                List.of(0, 1, 2, 3, 4, 5),
                chosen(TIERED, wide(1), wide(5), wide(5), wide(1), wide(5), wide(5), wide(90)));
    }

    @Test
    void tablesThatAreDamagedOrBusyAreNeverTouched() {
        SortedFile busy = new SortedFile(Arc.ALL.first(), Arc.ALL.last(), FLUSH, false);
        assertEquals(
                Optional.empty(), TIERED.choose(List.of(wide(1), wide(1), busy, wide(1), wide(1), wide(1)), SAME_KEYS));
        assertEquals(List.of(1, 2, 3, 4), chosen(TIERED, busy, wide(1), wide(1), wide(1), wide(1), busy));
    }

    @Test
    void shardsAreMergedEachForItself() {
        SortedFile lower = on(Arc.ALL.lowerHalf(), 1, true);
        SortedFile upper = on(Arc.ALL.upperHalf(), 1, true);
        SortedFile busy = on(Arc.ALL.upperHalf(), 1, false);
        assertEquals(List.of(0, 2), chosen(BALANCED, lower, busy, lower, upper));
        assertEquals(List.of(1, 3), chosen(BALANCED, on(Arc.ALL.lowerHalf(), 1, false), upper, lower, upper));
    }

    @Test
    void densityAndNotSizeMakesTheLevel() {
        Arc quarter = Arc.ALL.lowerHalf().lowerHalf();
        assertEquals(Optional.empty(), BALANCED.choose(List.of(wide(1), on(quarter, 1, true)), SAME_KEYS));
    }

    @Test
    void theOldestRunIsMergedOnceAThirdIsGarbage() {
        List<SortedFile> files = List.of(wide(7), wide(7), wide(30));
        assertEquals(Optional.empty(), TIERED.choose(files, share(0.3, 0)));
        assertEquals(
                List.of(0, 1, 2),
                TIERED.choose(files, share(0.5, 0)).orElseThrow().files());
        assertEquals(
                List.of(0, 1, 2),
                TIERED.choose(files, share(0, 0.4)).orElseThrow().files());
    }

    @Test
    void aMergeThatLeavesNothingOutWaitsForTwiceAsManyRuns() {
        List<SortedFile> files = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            files.add(wide(1));
            assertEquals(Optional.empty(), TIERED.choose(files, share(0.1, 0)));
        }
        files.add(wide(1));
        assertEquals(8, TIERED.choose(files, share(0, 0)).orElseThrow().runs());
        assertEquals(
                2,
                LEVELLED.choose(List.of(wide(1), wide(1)), share(0, 0))
                        .orElseThrow()
                        .runs());
    }

    /** Sixteen memtables and half of one, as RocksDB's and ours in the harness: each record is merged once, after its flush. */
    @Test
    void newKeysAreMergedSeldom() {
        TieredTable table = new TieredTable(TIERED, 1e13, FLUSH);
        for (int i = 0; i < 16; i++) {
            table.flush(FLUSH * 0.58);
        }
        table.flush(FLUSH * 0.25);
        assertEquals(16 * 0.58 * FLUSH, table.merged(), 0.02 * FLUSH);
        assertEquals(8, table.mostRuns());
    }

    /** With the most runs that a lookup may meet, what a record costs to be merged, and what is there beside what is alive. */
    @ParameterizedTest
    @CsvSource({"-8, 25, 3.5, 1.3", "-2, 16, 3.3, 1.3", "0, 9, 8.2, 1.3", "2, 5, 10.5, 1.25", "8, 4, 13.5, 1.3"})
    void whatIsWrittenReadAndKeptIsBounded(int scaling, int mostRuns, double written, double space) {
        double keys = 100 * FLUSH;
        TieredTable table = new TieredTable(new UnifiedStrategy(scaling, FLUSH, FLUSH), keys, FLUSH);
        double kept = 0;
        int flushes = 300;
        for (int i = 1; i <= flushes; i++) {
            table.flush(FLUSH);
            double alive = keys * (1 - Math.pow(1 - 1 / keys, i * (double) FLUSH));
            kept += table.bytes() / alive / flushes;
        }
        String what = scaling + ": written " + (1 + table.merged() / flushes / FLUSH) + ", runs " + table.mostRuns()
                + ", space " + kept + ", largest merge " + table.largestMerge() / FLUSH + " memtables";
        assertTrue(1 + table.merged() / flushes / FLUSH <= written, what);
        assertTrue(table.mostRuns() <= mostRuns, what);
        assertTrue(kept <= space, what);
        assertTrue(table.largestMerge() <= 30 * FLUSH, what);
    }

    /** What a node holds may be a few arcs of the circle, and shards are cut there as finely as anywhere. */
    @Test
    void cutsFollowTheTokensWhereverTheyLie() {
        Arc own = Arc.ALL.upperHalf().lowerHalf().upperHalf().lowerHalf().lowerHalf();
        List<ShardCuts.Shard> shards = ShardCuts.of(100, (from, to) -> Math.max(0, 1000 * overlap(own, from, to)));
        double most = shards.stream().mapToDouble(ShardCuts.Shard::bytes).max().orElseThrow();
        assertTrue(most < 1000 && most > 100, "largest of " + shards);
        assertEquals(1000, shards.stream().mapToDouble(ShardCuts.Shard::bytes).sum(), 1);
    }

    @Test
    void smallTablesThatShareNothingAreMergedToo() {
        List<SortedFile> files = new ArrayList<>(List.of(wide(1)));
        for (long key = 0; key < 4; key++) {
            Token token = new Token(key << 60, key);
            assertEquals(Optional.empty(), TIERED.choose(files, SAME_KEYS));
            files.add(new SortedFile(token, token, 500, true));
        }
        assertEquals(
                List.of(1, 2, 3, 4),
                TIERED.choose(files, SAME_KEYS).orElseThrow().files());
    }

    @Test
    void aSizeBelowZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new UnifiedStrategy(0, -1, FLUSH));
    }

    private static double overlap(Arc arc, Token from, Token to) {
        Arc other = Arc.around(from, to);
        if (other.bits() >= arc.bits()) {
            boolean isInside = from.compareTo(arc.first()) >= 0 && to.compareTo(arc.last()) <= 0;
            return isInside ? other.share() / arc.share() : 0;
        }
        return from.compareTo(arc.first()) <= 0 && to.compareTo(arc.last()) >= 0 ? 1 : 0;
    }

    private static Reclaim share(double superseded, double purgeable) {
        return new Reclaim() {
            @Override
            public double superseded(int table, List<Integer> newer) {
                return superseded;
            }

            @Override
            public double purgeable(int table) {
                return purgeable;
            }
        };
    }

    private static List<Integer> chosen(UnifiedStrategy strategy, SortedFile... newestFirst) {
        // The oldest holds keys of its own, and the others the same.
        Reclaim reclaim = new Reclaim() {
            @Override
            public double superseded(int table, List<Integer> newer) {
                return table == newestFirst.length - 1 ? 0 : 1;
            }

            @Override
            public double purgeable(int table) {
                return 0;
            }
        };
        return strategy.choose(List.of(newestFirst), reclaim).orElseThrow().files();
    }

    private static SortedFile wide(int flushes) {
        return on(Arc.ALL, flushes, true);
    }

    private static SortedFile on(Arc arc, int flushes, boolean free) {
        return new SortedFile(arc.first(), arc.last(), flushes * FLUSH, free);
    }
}
