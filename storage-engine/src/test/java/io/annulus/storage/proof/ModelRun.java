package io.annulus.storage.proof;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.merge.EntryKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Random operations on the tables of an engine, whatever it runs on, each answer compared with the {@link Oracle}. Used on the
 * loop.
 */
final class ModelRun {

    /** The tables: of joining records, of the latest one, and of either with removals. */
    static final List<TableSpec> TABLES = List.of(
            new TableSpec("slots", new SlotRecords()),
            new TableSpec("latest", new VersionedRecords()),
            new TableSpec("_slots", new SlotRecords()),
            new TableSpec("_latest", new VersionedRecords()));

    private static final int KEYS = 3000;

    /** Keys of one token that share it. */
    private static final int CROWD = 16;

    private static final int MOST_UNDER_WAY = 200;
    private static final int SMALL_BYTES = 300;
    private static final int MIDDLE_BYTES = 3000;
    private static final int LARGE_BYTES = 20_000;

    private final Random random;
    private final Oracle oracle = new Oracle();
    private final Map<String, OracleCell[]> cells = new HashMap<>();
    private final Map<String, Table> tables = new HashMap<>();
    private final BooleanSupplier mayFail;
    private final ModelCounts counts = new ModelCounts();
    private long number;
    private int readsUnderWay;
    private int scansUnderWay;
    private boolean wantsScan;
    private boolean submitting;

    /**
     * A run over an empty store.
     *
     * @param mayFail whether an operation that fails now fails for a reason of the test's own
     */
    ModelRun(Random random, BooleanSupplier mayFail) {
        this.random = random;
        this.mayFail = mayFail;
        for (TableSpec spec : TABLES) {
            OracleCell[] all = new OracleCell[KEYS];
            Arrays.setAll(all, i -> oracle.cell(spec.name(), place(i)));
            cells.put(spec.name(), all);
        }
    }

    /** A new life of the engine: what it must hold is not checked here. */
    void begin(StorageEngine engine) {
        for (TableSpec spec : TABLES) {
            tables.put(spec.name(), engine.openTable(spec));
        }
    }

    Oracle oracle() {
        return oracle;
    }

    ModelCounts counts() {
        return counts;
    }

    Table table(String name) {
        return tables.get(name);
    }

    /** The process ended. */
    void crash() {
        oracle.crash();
        readsUnderWay = 0;
        scansUnderWay = 0;
        wantsScan = false;
    }

    /** Whether nothing is under way. */
    boolean isIdle() {
        return oracle.underWay() == 0 && readsUnderWay == 0 && scansUnderWay == 0;
    }

    /** Whether something must end before the next operation. */
    boolean isBusy() {
        return scansUnderWay > 0
                || wantsScan && oracle.underWay() > 0
                || oracle.underWay() >= MOST_UNDER_WAY
                || readsUnderWay >= MOST_UNDER_WAY;
    }

    /** Begins the next operation, unless busy. */
    void operate() {
        if (wantsScan) {
            wantsScan = false;
            scan();
            return;
        }
        int draw = random.nextInt(200);
        TableSpec spec = TABLES.get(random.nextInt(TABLES.size()));
        if (draw == 0) {
            wantsScan = true;
        } else if (draw < 90) {
            write(spec, cells.get(spec.name())[random.nextInt(KEYS)]);
        } else if (draw < 110) {
            readMissing(spec);
        } else {
            read(spec, cells.get(spec.name())[random.nextInt(KEYS)]);
        }
    }

    private void write(TableSpec spec, OracleCell cell) {
        number++;
        boolean removal = spec.name().startsWith("_") && random.nextInt(3) == 0;
        Completion<Durability> completion = Completion.of(done -> oracle.acked(cell), this::writeFailed);
        Token token = cell.place().token();
        submitting = true;
        if (removal) {
            oracle.remove(cell);
            tables.get(spec.name()).remove(token, cell.place().key(), completion);
            counts.removals++;
        } else {
            byte[] record = record(spec.join());
            oracle.append(spec, cell, record);
            tables.get(spec.name()).append(token, cell.place().key(), record, completion);
            counts.appends++;
        }
        submitting = false;
    }

    private void writeFailed(Throwable failure) {
        if (failure instanceof StorageFullException && submitting) {
            oracle.takeBack();
            counts.refusals++;
        } else if (!mayFail.getAsBoolean()) {
            throw new AssertionError("a write failed", failure);
        }
    }

    private byte[] record(RecordJoin join) {
        if (join instanceof SlotRecords) {
            return SlotRecords.of(random.nextInt(SlotRecords.SLOTS), number);
        }
        int kind = random.nextInt(100);
        int most = kind < 90 ? SMALL_BYTES : kind < 99 ? MIDDLE_BYTES : LARGE_BYTES;
        return VersionedRecords.of(number, VersionedRecords.LEAST_BYTES + random.nextInt(most));
    }

    private void read(TableSpec spec, OracleCell cell) {
        counts.reads++;
        readsUnderWay++;
        OracleCell.OpenRead read = cell.beginRead();
        tables.get(spec.name())
                .read(
                        cell.place().token(),
                        cell.place().key(),
                        Completion.of(
                                record -> {
                                    readsUnderWay--;
                                    read.end(record.orElse(OracleCell.ABSENT));
                                },
                                failure -> {
                                    readsUnderWay--;
                                    read.giveUp();
                                    readFailed(failure);
                                }));
    }

    private void readMissing(TableSpec spec) {
        counts.missing++;
        readsUnderWay++;
        EntryKey place = place(KEYS + random.nextInt(KEYS));
        tables.get(spec.name())
                .read(
                        place.token(),
                        place.key(),
                        Completion.of(
                                record -> {
                                    readsUnderWay--;
                                    require(record.isEmpty(), "a key is there that nobody wrote");
                                },
                                failure -> {
                                    readsUnderWay--;
                                    readFailed(failure);
                                }));
    }

    private void scan() {
        counts.scans++;
        TableSpec spec = TABLES.get(random.nextInt(TABLES.size()));
        EntryKey first = cells.get(spec.name())[random.nextInt(KEYS)].place();
        Token last = random.nextBoolean()
                ? new Token(-1, -1)
                : place(random.nextInt(KEYS)).token();
        Optional<byte[]> afterKey = random.nextBoolean() ? Optional.of(first.key()) : Optional.empty();
        int limit = 1 + random.nextInt(100);
        List<Entry> expected = oracle.scan(spec.name(), first.token(), last, afterKey, limit);
        scansUnderWay++;
        tables.get(spec.name())
                .scan(
                        first.token(),
                        last,
                        afterKey,
                        limit,
                        Completion.of(
                                found -> {
                                    scansUnderWay--;
                                    require(same(expected, found), "a scan of " + spec.name() + " from " + first);
                                },
                                failure -> {
                                    scansUnderWay--;
                                    readFailed(failure);
                                }));
    }

    private void readFailed(Throwable failure) {
        if (!mayFail.getAsBoolean()) {
            throw new AssertionError("a read failed", failure);
        }
    }

    /** Key number i; some share a token. */
    private static EntryKey place(int i) {
        byte[] key = ByteBuffer.allocate(Integer.BYTES + i % 29).putInt(i).array();
        return new EntryKey(i % 10 == 0 ? new Token((long) (i / 10 / CROWD) << 56, 5) : Token.of(key), key);
    }

    private static boolean same(List<Entry> expected, List<Entry> found) {
        boolean same = expected.size() == found.size();
        for (int i = 0; same && i < expected.size(); i++) {
            Entry one = expected.get(i);
            Entry other = found.get(i);
            same = one.token().equals(other.token())
                    && Arrays.equals(one.key(), other.key())
                    && Arrays.equals(one.record(), other.record());
        }
        return same;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + " differs");
        }
    }
}
