package io.annulus.storage.proof;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.Table;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.proof.CrashWorkload.Operation;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Reads all that a store of the workload holds, by lookups and by scans, and requires each byte to be of some operation. */
final class CrashReader {

    private final CrashWorkload workload;
    private final ProofLoop loop;

    CrashReader(CrashWorkload workload, ProofLoop loop) {
        this.workload = workload;
        this.loop = loop;
    }

    /** What is there. */
    CrashState read(StorageEngine storage) {
        CrashState state = new CrashState();
        for (int i = 0; i < CrashWorkload.TABLES.size(); i++) {
            int number = i;
            Table table = loop.call(done -> done.complete(storage.openTable(CrashWorkload.spec(number))));
            Map<EntryKey, byte[]> scanned = TableContents.of(
                    table,
                    page -> loop.call(done -> page.scan(Completion.of(done::complete, done::completeExceptionally))));
            for (int key = 0; key < CrashWorkload.keys(i); key++) {
                EntryKey place = CrashWorkload.place(i, key);
                Optional<byte[]> record = loop.call(done -> table.read(
                        place.token(), place.key(), Completion.of(done::complete, done::completeExceptionally)));
                byte[] fromScan = scanned.remove(place);
                require(
                        Arrays.equals(record.orElse(null), fromScan),
                        "lookup and scan of key " + key + " of table " + table.name() + " differ");
                if (record.isPresent()) {
                    state.put(i, key, checked(i, key, record.get()));
                }
            }
            require(scanned.isEmpty(), "table " + table.name() + " holds keys that nobody wrote");
        }
        return state;
    }

    private long checked(int table, int key, byte[] record) {
        long version = VersionedRecords.version(record);
        Operation operation = workload.operation(version);
        require(
                operation.table() == table
                        && operation.key() == key
                        && !operation.removal()
                        && Arrays.equals(record, operation.record()),
                "key " + key + " of table " + CrashWorkload.TABLES.get(table) + " holds bytes that nobody wrote");
        return version;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
