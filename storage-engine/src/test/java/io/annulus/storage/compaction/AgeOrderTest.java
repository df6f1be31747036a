package io.annulus.storage.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.testkit.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Merging runs of columns at random keeps, of each token, the newest first (T32). */
class AgeOrderTest {

    private static final int TOKENS = 16;

    private final Random random = Seed.random("AgeOrderTest");

    /** A table that holds for some tokens records of some ages. */
    private record Table(int first, int last, List<Set<Integer>> ages) {

        private boolean overlaps(Table other) {
            return first <= other.last && other.first <= last;
        }

        private SortedFile file() {
            return new SortedFile(
                    new Token((long) first << 60, 0), new Token((long) last << 60, -1), ages.size(), true);
        }
    }

    @Test
    void theNewestStaysFirstWhateverIsMerged() {
        int merges = 0;
        for (int round = 0; round < 300; round++) {
            List<Table> tables = new ArrayList<>();
            for (int age = 0; age < 40; age++) {
                tables.add(0, table(age));
                merges += merge(tables);
                check(tables, age);
            }
        }
        assertTrue(merges > 3000, "merges " + merges);
    }

    @Test
    void whatIsGoneCannotBeReplaced() {
        assertThrows(
                IllegalStateException.class,
                () -> AgeOrder.replaced(List.of(1, 2), Set.of(2, 3), List.of(4), (a, b) -> true));
    }

    @Test
    void aNewerTableBetweenTheMergedOnesGoesBeforeThem() {
        // 1 and 2 share nothing; 9 is newer than 2 alone.
        assertEquals(
                List.of(9, 7, 8),
                AgeOrder.replaced(List.of(1, 9, 2, 8), Set.of(1, 2), List.of(7), (a, b) -> a + b == 11));
    }

    private Table table(int age) {
        int first = random.nextInt(TOKENS);
        int last = first + random.nextInt(TOKENS - first);
        List<Set<Integer>> ages = new ArrayList<>();
        for (int token = 0; token < TOKENS; token++) {
            ages.add(token >= first && token <= last ? Set.of(age) : Set.of());
        }
        return new Table(first, last, ages);
    }

    /** Merges neighbouring runs of some column, as the strategy might. */
    private int merge(List<Table> tables) {
        List<SortedFile> files = tables.stream().map(Table::file).toList();
        List<Choice> choices = new ArrayList<>();
        new Columns(files).visit(column -> {
            int from = random.nextInt(column.runs());
            int to = from;
            while (to < column.runs() && column.isFree(to) && random.nextInt(5) > 0) {
                to++;
            }
            if (to - from > 1) {
                choices.add(column.choice(from, to));
            }
        });
        if (choices.isEmpty() || random.nextInt(3) == 0) {
            return 0;
        }
        Choice choice = choices.get(random.nextInt(choices.size()));
        Set<Table> inputs = new LinkedHashSet<>();
        choice.files().forEach(file -> inputs.add(tables.get(file)));
        List<Table> now = AgeOrder.replaced(tables, inputs, cut(inputs), Table::overlaps);
        tables.clear();
        tables.addAll(now);
        return 1;
    }

    private List<Table> cut(Set<Table> inputs) {
        int first = inputs.stream().mapToInt(Table::first).min().orElseThrow();
        int last = inputs.stream().mapToInt(Table::last).max().orElseThrow();
        List<Table> outputs = new ArrayList<>();
        int width = 1 << random.nextInt(5);
        for (int from = first / width * width; from <= last; from += width) {
            List<Set<Integer>> ages = new ArrayList<>();
            int least = TOKENS;
            int most = -1;
            for (int token = 0; token < TOKENS; token++) {
                Set<Integer> united = new HashSet<>();
                if (token >= from && token < from + width) {
                    for (Table input : inputs) {
                        united.addAll(input.ages.get(token));
                    }
                }
                least = united.isEmpty() ? least : Math.min(least, token);
                most = united.isEmpty() ? most : token;
                ages.add(united);
            }
            if (most >= 0) {
                outputs.add(new Table(least, most, ages));
            }
        }
        return outputs;
    }

    private static void check(List<Table> tables, int newest) {
        for (int token = 0; token < TOKENS; token++) {
            int before = newest + 1;
            for (Table table : tables) {
                TreeSet<Integer> ages = new TreeSet<>(table.ages.get(token));
                if (!ages.isEmpty()) {
                    assertTrue(ages.last() < before, "token " + token + " of age " + ages + " behind " + before);
                    before = ages.first();
                }
            }
        }
    }
}
