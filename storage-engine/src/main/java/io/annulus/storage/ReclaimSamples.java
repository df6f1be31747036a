package io.annulus.storage;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Retention;
import io.annulus.storage.compaction.Reclaim;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.sstable.SSTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Estimates what merges of one table's sorted tables leave out. Tokens that begin blocks of an older table are looked up in the
 * filters of newer ones: both are in memory, so that no file is read, and what was found of two tables holds as long as they are
 * there. How much has expired is seen from a few blocks that are read. Owned by the store thread.
 */
final class ReclaimSamples {

    /** Tokens of a table: of 20 shares 19 are off by less than a sixteenth. */
    private static final int TOKENS = 256;

    /** A filter of ten bits a key says yes to so many others. */
    private static final double FALSE_POSITIVES = 0.01;

    /** Where entries are read to see whether they have expired, and how many there. */
    private static final int PLACES = 2;

    private static final int ENTRIES = 8;

    private final LsmTable table;
    private final LongSupplier wallMillis;
    private final Map<Pair, BitSet> found = new HashMap<>();

    /** Two files; the tokens of the older were looked up in the newer. */
    private record Pair(long older, long newer) {}

    ReclaimSamples(LsmTable table, LongSupplier wallMillis) {
        this.table = table;
        this.wallMillis = wallMillis;
    }

    /** For one choice among sorted tables. */
    Reclaim of(List<SSTable> newestFirst) {
        Set<Long> numbers = new TreeSet<>();
        newestFirst.forEach(sstable -> numbers.add(sstable.info().number()));
        found.keySet().removeIf(pair -> !numbers.contains(pair.older) || !numbers.contains(pair.newer));
        return new Estimate(newestFirst);
    }

    private BitSet found(SSTable older, SSTable newer) {
        Pair pair = new Pair(older.info().number(), newer.info().number());
        return found.computeIfAbsent(pair, key -> lookedUp(older.sample(TOKENS), newer));
    }

    private static BitSet lookedUp(List<Token> tokens, SSTable newer) {
        BitSet found = new BitSet(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            found.set(i, newer.mayContain(tokens.get(i)));
        }
        return found;
    }

    private final class Estimate implements Reclaim {

        private final List<SSTable> sstables;
        private final Map<Integer, Double> purgeable = new HashMap<>();

        Estimate(List<SSTable> sstables) {
            this.sstables = sstables;
        }

        @Override
        public double superseded(int number, List<Integer> newer) {
            SSTable older = sstables.get(number);
            BitSet all = new BitSet(TOKENS);
            double surelyNot = 1;
            for (int other : newer) {
                SSTable sstable = sstables.get(other);
                if (older.info().overlaps(sstable.info().first(), sstable.info().last())) {
                    all.or(found(older, sstable));
                    surelyNot *= 1 - FALSE_POSITIVES;
                }
            }
            double share = (double) all.cardinality() / Math.max(1, Math.min(TOKENS, older.blocks()));
            return Math.max(0, (share - (1 - surelyNot)) / surelyNot);
        }

        @Override
        public double purgeable(int number) {
            return purgeable.computeIfAbsent(number, key -> {
                SSTable sstable = sstables.get(key);
                double removals =
                        (double) sstable.info().removals() / sstable.info().entries();
                return Math.min(1, removals + expired(sstable));
            });
        }
    }

    private double expired(SSTable sstable) {
        Retention retention = table.options().retention();
        double bytes = 0;
        double kept = 0;
        for (StoredEntry entry : retention == Retention.EVERYTHING ? List.<StoredEntry>of() : some(sstable)) {
            OptionalDouble rest = kept(retention, entry);
            if (rest.isPresent()) {
                bytes += entry.record().length;
                kept += rest.getAsDouble();
            }
        }
        return bytes == 0 ? 0 : 1 - kept / bytes;
    }

    /** Bytes that a retention keeps; empty when the record is damaged, or the retention fails, which a merge will tell. */
    private OptionalDouble kept(Retention retention, StoredEntry entry) {
        try {
            table.join().verify(entry.record());
            EntryKey place = entry.place();
            Optional<byte[]> kept =
                    retention.retained(place.token(), place.key(), entry.record(), wallMillis.getAsLong());
            return OptionalDouble.of(kept.map(rest -> rest.length).orElse(0));
        } catch (RuntimeException e) {
            return OptionalDouble.empty();
        }
    }

    /** Some entries whose records are not in value files; none when blocks are damaged, which is noted. */
    private static List<StoredEntry> some(SSTable sstable) {
        List<StoredEntry> entries = new ArrayList<>();
        try {
            for (Token token : sstable.sample(PLACES)) {
                EntryCursor cursor = sstable.cursor(EntryKey.first(token));
                for (int i = 0; i < ENTRIES && cursor.next(); i++) {
                    StoredEntry entry = cursor.entry();
                    if (entry.kind().hasRecord() && entry.isInMemory()) {
                        entries.add(entry);
                    }
                }
            }
        } catch (CorruptDataException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + sstable.info().fileName(), e);
        }
        return entries;
    }
}
