package io.annulus.storage.proof;

import io.annulus.storage.proof.CrashWorkload.Operation;
import java.util.Arrays;
import java.util.Locale;

/** The number of the operation that wrote each key of the workload; 0 where there is no record. */
final class CrashState {

    private final long[][] versions;

    CrashState() {
        versions = new long[CrashWorkload.TABLES.size()][];
        Arrays.setAll(versions, table -> new long[CrashWorkload.keys(table)]);
    }

    /** Another one with the same content. */
    CrashState copy() {
        CrashState copy = new CrashState();
        Arrays.setAll(copy.versions, table -> versions[table].clone());
        return copy;
    }

    void put(int table, int key, long version) {
        versions[table][key] = version;
    }

    void apply(Operation operation) {
        put(operation.table(), operation.key(), operation.removal() ? 0 : operation.version());
    }

    long version(int table, int key) {
        return versions[table][key];
    }

    /** Number of keys that differ. */
    int differences(CrashState other) {
        int differences = 0;
        for (int table = 0; table < versions.length; table++) {
            for (int key = 0; key < versions[table].length; key++) {
                differences += versions[table][key] == other.versions[table][key] ? 0 : 1;
            }
        }
        return differences;
    }

    /** The first key that differs, and how, for messages. */
    String difference(CrashState found) {
        for (int table = 0; table < versions.length; table++) {
            for (int key = 0; key < versions[table].length; key++) {
                if (versions[table][key] != found.versions[table][key]) {
                    return String.format(
                            Locale.ROOT,
                            "key %d of table %s should be of operation %x and is of %x",
                            key,
                            CrashWorkload.TABLES.get(table),
                            versions[table][key],
                            found.versions[table][key]);
                }
            }
        }
        return "nothing differs";
    }
}
