package io.annulus.storage.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which value files hold so much garbage that a merge should copy the rest out of them: at that share of garbage, a byte
 * regained costs (1 - share) / share bytes written, and the files take at most 1 / (1 - share) of what is live in them. Pure.
 *
 * @param percent share of a file, 1 to 100
 */
public record ValueGarbage(int percent) {

    /** What is used unless measured otherwise. */
    public static final ValueGarbage STANDARD = new ValueGarbage(50);

    private static final int WHOLE = 100;

    public ValueGarbage {
        if (percent < 1 || percent > WHOLE) {
            throw new IllegalArgumentException(percent + " percent of garbage are not 1 to " + WHOLE);
        }
    }

    /**
     * The files to copy out of.
     *
     * @param uses of all sorted tables
     * @param sizes length of a file by number, 0 when it is unknown: such a file is left alone
     */
    public Set<Long> files(Collection<ValueUse> uses, LongUnaryOperator sizes) {
        Map<Long, Long> live = new HashMap<>();
        uses.forEach(use -> live.merge(use.file(), use.bytes(), Long::sum));
        return live.entrySet().stream()
                .filter(file -> isDue(file.getValue(), sizes.applyAsLong(file.getKey()) - ValueFormat.HEADER_BYTES))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The run that points to most bytes in some files; empty when none points there.
     *
     * @param garbage numbers of the files
     * @param runs what each points to
     */
    public static OptionalInt fullest(Set<Long> garbage, List<List<ValueUse>> runs) {
        return IntStream.range(0, runs.size())
                .filter(run -> bytesIn(garbage, runs.get(run)) > 0)
                .boxed()
                .max(Comparator.comparingLong(run -> bytesIn(garbage, runs.get(run))))
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    private static long bytesIn(Set<Long> files, List<ValueUse> uses) {
        return uses.stream()
                .filter(use -> files.contains(use.file()))
                .mapToLong(ValueUse::bytes)
                .sum();
    }

    private boolean isDue(long live, long size) {
        return (size - live) * WHOLE >= size * percent && size > 0;
    }
}
