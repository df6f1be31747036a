package io.annulus.storage.proof;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.TableSpec;
import io.annulus.storage.merge.EntryKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The operations of the lives of a writer: each follows from the seed and its number alone, so that whoever knows these knows
 * what may be in the store. The number is also the version of the record. Small records, wide ones of up to 200 kB, and a table
 * of the store's own, in which a third of the operations are removals.
 *
 * @param seed of all operations
 */
record CrashWorkload(long seed) {

    /** The tables; an operation names one by its place here. */
    static final List<String> TABLES = List.of("small", "wide", "_own");

    private static final int[] KEYS = {2000, 60, 300};
    private static final int LIFE_BITS = 32;
    private static final int WIDE_BYTES = 200_000;

    /**
     * One operation.
     *
     * @param table place in {@link #TABLES}
     * @param key number of the key
     * @param version its number
     * @param removal whether it removes the key
     * @param bytes of the record
     */
    record Operation(int table, int key, long version, boolean removal, int bytes) {

        EntryKey place() {
            return CrashWorkload.place(table, key);
        }

        byte[] record() {
            return VersionedRecords.of(version, bytes);
        }
    }

    /** Number of the i-th operation of a life, both from 1 on. */
    static long number(long life, long i) {
        return (life << LIFE_BITS) + i;
    }

    /** Life of an operation. */
    static long life(long number) {
        return number >> LIFE_BITS;
    }

    /** The operation of a number. */
    Operation operation(long number) {
        SplittableRandom random = new SplittableRandom(seed ^ number * 0x9e3779b97f4a7c15L);
        int draw = random.nextInt(100);
        int table = draw < 70 ? 0 : draw < 75 ? 1 : 2;
        boolean removal = table == 2 && random.nextInt(3) == 0;
        return new Operation(table, random.nextInt(KEYS[table]), number, removal, removal ? 0 : bytes(table, random));
    }

    /** Keys of a table. */
    static int keys(int table) {
        return KEYS[table];
    }

    static TableSpec spec(int table) {
        return new TableSpec(TABLES.get(table), new VersionedRecords());
    }

    static EntryKey place(int table, int key) {
        byte[] bytes = (TABLES.get(table) + "-" + key).getBytes(StandardCharsets.UTF_8);
        return new EntryKey(Token.of(bytes), bytes);
    }

    private static int bytes(int table, SplittableRandom random) {
        if (table == 1) {
            return random.nextInt(4096, WIDE_BYTES + 1);
        }
        int kind = random.nextInt(10);
        return kind < 5 ? random.nextInt(16, 256) : kind < 9 ? random.nextInt(256, 2048) : random.nextInt(2048, 16_384);
    }
}
