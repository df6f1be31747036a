package io.annulus.storage.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompactionPolicyTest {

    private final CompactionPolicy policy = new CompactionPolicy(4, 8, 1);

    @Test
    void fourRunsOfOneSizeAreMerged() {
        assertEquals(Optional.of(new CompactionPolicy.Choice(0, 4)), policy.choose(List.of(10L, 11L, 9L, 12L, 1000L)));
    }

    @Test
    void threeAreLeftAlone() {
        assertEquals(Optional.empty(), policy.choose(List.of(10L, 10L, 10L, 1000L)));
    }

    @Test
    void similarRunsBehindSmallerOnesAreFound() {
        assertEquals(Optional.of(new CompactionPolicy.Choice(1, 5)), policy.choose(List.of(1L, 50L, 60L, 55L, 50L)));
    }

    @Test
    void damagedRunsAreNeverTouched() {
        assertEquals(Optional.empty(), policy.choose(List.of(10L, 10L, -1L, 10L, 10L, 10L)));
    }

    @Test
    void tooManyUnlikeRunsAreMergedWhereItIsCheapest() {
        List<Long> sizes = List.of(1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16_384L, 65_536L);
        assertEquals(Optional.of(new CompactionPolicy.Choice(0, 4)), policy.choose(sizes));
    }

    @Test
    void aSteadyFlowKeepsRunsAndRewritingFew() {
        CompactionPolicy wide = new CompactionPolicy(4, 24, 1);
        List<Long> runs = new ArrayList<>();
        long written = 0;
        for (int flush = 0; flush < 4096; flush++) {
            runs.add(0, 1L);
            for (Optional<CompactionPolicy.Choice> choice = wide.choose(runs);
                    choice.isPresent();
                    choice = wide.choose(runs)) {
                List<Long> merged =
                        runs.subList(choice.get().from(), choice.get().to());
                long sum = merged.stream().mapToLong(Long::longValue).sum();
                merged.clear();
                runs.add(choice.get().from(), sum);
                written += sum;
            }
        }
        assertTrue(runs.size() <= 24, "runs " + runs);
        assertTrue(written < 4096 * 10, "written " + written + " for 4096");
    }
}
