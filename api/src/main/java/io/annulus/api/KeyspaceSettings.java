package io.annulus.api;

import io.annulus.api.storage.Durability;
import io.annulus.api.storage.TableOptions;
import java.util.Objects;

/**
 * What holds for a keyspace; every node of the cluster is given the same.
 *
 * @param name 1 to 63 letters, digits, '-' or '_', beginning with a letter
 * @param mode how concurrent writes are treated
 * @param copies N, 1 to 16
 * @param reads R of a read that names none, 1 to N
 * @param writes W of a write that names none, 1 to N
 * @param sloppy whether stand-ins may acknowledge a write that does not say
 * @param timeoutMillis deadline of an operation that names none, 1 to 600000
 * @param maxValueBytes largest value, 0 to 4 MiB
 * @param maxSiblings most live values of one key; a put beyond it is refused
 * @param storage how replicas keep the records
 */
public record KeyspaceSettings(
        String name,
        KeyspaceMode mode,
        int copies,
        int reads,
        int writes,
        boolean sloppy,
        int timeoutMillis,
        int maxValueBytes,
        int maxSiblings,
        KeyspaceStorage storage) {

    /** Largest key in bytes; the smallest is 1. */
    public static final int MAX_KEY_BYTES = 1024;

    /** Largest value in bytes where nothing else is set. */
    public static final int DEFAULT_MAX_VALUE_BYTES = 1 << 20;

    /**
     * Largest value that a keyspace may allow, in bytes: when each of three owners takes one at once, their join still fits
     * into one message and one entry of the log.
     */
    public static final int MAX_VALUE_BYTES = 4 << 20;

    /** Greatest N. */
    public static final int MAX_COPIES = 16;

    public KeyspaceSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(storage, "storage");
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,62}")) {
            throw new IllegalArgumentException(
                    "keyspace name '" + name + "' is not 1 to 63 letters, digits, '-' or '_' beginning with a letter");
        }
        check(name, "copies", copies, 1, MAX_COPIES);
        check(name, "reads", reads, 1, copies);
        check(name, "writes", writes, 1, copies);
        check(name, "timeoutMillis", timeoutMillis, 1, 600_000);
        check(name, "maxValueBytes", maxValueBytes, 0, MAX_VALUE_BYTES);
        check(name, "maxSiblings", maxSiblings, 1, 10_000);
        check(name, "filterBits", storage.filterBits(), 1, TableOptions.MOST_FILTER_BITS);
        check(name, "tuning", storage.tuning(), TableOptions.LEAST_TUNING, TableOptions.GREATEST_TUNING);
    }

    /** A keyspace of the given mode and N, with a majority for R and W and the default limits, synced. */
    public static KeyspaceSettings of(String name, KeyspaceMode mode, int copies) {
        int majority = copies / 2 + 1;
        return new KeyspaceSettings(
                name,
                mode,
                copies,
                majority,
                majority,
                true,
                5_000,
                DEFAULT_MAX_VALUE_BYTES,
                64,
                KeyspaceStorage.DEFAULT);
    }

    /** These, with another durability. */
    public KeyspaceSettings with(Durability other) {
        return with(storage.with(other));
    }

    /** These, kept otherwise. */
    public KeyspaceSettings with(KeyspaceStorage other) {
        return new KeyspaceSettings(
                name, mode, copies, reads, writes, sloppy, timeoutMillis, maxValueBytes, maxSiblings, other);
    }

    /** What must have become of a write on a replica before that acknowledges it; receipts name it. */
    public Durability durability() {
        return storage.durability();
    }

    private static void check(String name, String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("keyspace '" + name + "': " + what + " = " + value + " is not " + least
                    + " to " + most + "; correct it in annulus.keyspace-" + name + ".cfg");
        }
    }
}
