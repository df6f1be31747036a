package io.annulus.storage.proof;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import io.annulus.storage.disk.DiskFixture;
import io.annulus.storage.disk.DiskStorage;
import io.annulus.storage.proof.CrashWorkload.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes the operations of a life in order, up to {@value CrashVerdict#WINDOW} under way, and prints {@code ACK NUMBER} (in
 * hexadecimal) after each acknowledgement. It reads as it goes, and ends with status 3 after a line that begins with WRONG when a
 * read gives less than what was acknowledged. Arguments: data directory, seed, number of the life (from 1 on), and, if it is to
 * end by itself, the number of operations.
 */
final class CrashWriter {

    /** Begins the line of an acknowledgement. */
    static final String ACK = "ACK ";

    private static final int WRONG = 3;
    private static final int FAILED = 4;
    private static final long RETRY_NANOS = 1_000_000;

    private final ProofLoop loop = new ProofLoop();
    private final CrashWorkload workload;
    private final long life;
    private final long last;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final List<Table> tables = new ArrayList<>();

    // Owned by the loop.
    private final CrashState acked = new CrashState();
    private long next = 1;
    private long ended;
    private boolean refused;
    private boolean retrying;

    private CrashWriter(long seed, long life, long last) {
        this.workload = new CrashWorkload(seed);
        this.life = life;
        this.last = last;
    }

    public static void main(String[] args) {
        Path directory = Path.of(args[0]).toAbsolutePath();
        long last = args.length > 3 ? Long.parseLong(args[3]) : Long.MAX_VALUE;
        new CrashWriter(Long.parseLong(args[1]), Long.parseLong(args[2]), last).write(directory);
    }

    /** Opens the store that writers and checkers share. */
    static DiskStorage open(Path directory, ProofLoop loop) {
        return DiskStorage.open(DiskFixture.config(directory), new NodeId("n1"), loop);
    }

    private void write(Path directory) {
        try (loop;
                DiskStorage storage = open(directory, loop)) {
            loop.execute(() -> {
                for (int table = 0; table < CrashWorkload.TABLES.size(); table++) {
                    tables.add(storage.openTable(CrashWorkload.spec(table)));
                }
                submit();
            });
            loop.broken().exceptionally(CrashWriter::halt);
            end.join();
        }
    }

    private void submit() {
        while (next <= last && next - 1 - ended < CrashVerdict.WINDOW && !refused) {
            submit(workload.operation(CrashWorkload.number(life, next)));
            next += refused ? 0 : 1;
        }
        if (ended == last) {
            end.complete(null);
        } else if (refused && !retrying) {
            retrying = true;
            loop.schedule(RETRY_NANOS, this::retry);
        }
    }

    private void retry() {
        retrying = false;
        refused = false;
        submit();
    }

    private void submit(Operation operation) {
        Completion<Durability> completion =
                Completion.of(done -> acked(operation), failure -> failed(operation, failure));
        Table table = tables.get(operation.table());
        if (operation.removal()) {
            table.remove(operation.place().token(), operation.place().key(), completion);
        } else {
            table.append(operation.place().token(), operation.place().key(), operation.record(), completion);
        }
    }

    private void acked(Operation operation) {
        ended++;
        System.out.println(ACK + Long.toHexString(operation.version()));
        System.out.flush();
        acked.apply(operation);
        if (operation.version() % 4 == 0) {
            read(workload.operation(operation.version() - operation.version() % 97));
        }
        // Not from within the call that a completion may come from.
        loop.execute(this::submit);
    }

    /** A write that was refused at once had no effect: it is handed in again before any later one. */
    private void failed(Operation operation, Throwable failure) {
        boolean handedInNow = operation.version() == CrashWorkload.number(life, next);
        if (failure instanceof StorageFullException && handedInNow) {
            refused = true;
            return;
        }
        halt(failure);
    }

    /** Ends the process as it stands. */
    private static Void halt(Throwable failure) {
        failure.printStackTrace();
        Runtime.getRuntime().halt(FAILED);
        return null;
    }

    private void read(Operation operation) {
        long least = acked.version(operation.table(), operation.key());
        tables.get(operation.table())
                .read(
                        operation.place().token(),
                        operation.place().key(),
                        Completion.of(record -> seen(operation, least, record), CrashWriter::halt));
    }

    private void seen(Operation operation, long least, Optional<byte[]> record) {
        long version = record.map(VersionedRecords::version).orElse(0L);
        boolean mayBeRemoved = record.isEmpty() && operation.table() == 2;
        if (version < least && !mayBeRemoved) {
            System.out.printf(Locale.ROOT, "WRONG %s: %x after %x was acknowledged%n", operation, version, least);
            System.out.flush();
            Runtime.getRuntime().halt(WRONG);
        }
    }
}
