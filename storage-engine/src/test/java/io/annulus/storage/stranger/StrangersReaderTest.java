package io.annulus.storage.stranger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Compression;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.storage.disk.DiskFixture;
import io.annulus.storage.disk.DiskStorage;
import io.annulus.storage.proof.ProofLoop;
import io.annulus.storage.proof.TableContents;
import io.annulus.storage.proof.VersionedRecords;
import io.annulus.storage.testkit.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The formats are described so that a stranger reads what the engine wrote. */
class StrangersReaderTest {

    private static final int OPERATIONS = 8000;
    private static final int OPERATIONS_LOGGED = 200;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int UNDER_WAY = 100;
    private static final int KEYS = 500;
    private static final int MOST_BYTES = 1500;
    private static final int LARGE_BYTES = 100_000;

    @TempDir
    private Path folder;

    private final Random random = Seed.random("StrangersReaderTest");
    private long number;

    @Test
    void aStrangerReadsWhatTheEngineHolds() throws IOException {
        Path directory = folder.resolve("store");
        try (ProofLoop loop = new ProofLoop();
                DiskStorage storage = DiskStorage.open(DiskFixture.config(directory), new NodeId("n1"), loop)) {
            List<Table> tables = new ArrayList<>();
            for (String name : List.of("data", "_own")) {
                tables.add(loop.call(done ->
                        done.complete(storage.openTable(new TableSpec(name, new VersionedRecords(), options(name))))));
            }
            operate(loop, tables, OPERATIONS, LARGE_BYTES);
            storage.flush();
            loop.<Boolean>call(done -> awaitSettled(loop, storage, done));
            // These stay in the log, since they are few.
            operate(loop, tables, OPERATIONS_LOGGED, MOST_BYTES);
            StrangersReader reader = new StrangersReader(directory, new VersionedRecords()::join);
            for (Table table : tables) {
                NavigableMap<byte[], byte[]> held = contents(loop, table);
                NavigableMap<byte[], byte[]> read = reader.read(table.name());
                assertEquals(held.size(), read.size(), "records of " + table.name());
                held.forEach((place, record) -> assertArrayEquals(record, read.get(place)));
            }
            assertTrue(reader.filesRead() > 1, () -> reader.filesRead() + " sorted tables");
            assertTrue(reader.framesRead() > 1, () -> reader.framesRead() + " frames");
        }
    }

    /** Each table is packed in another way. */
    private static TableOptions options(String name) {
        return TableOptions.DEFAULT.with(name.equals("data") ? Compression.ZSTD : Compression.LZ4);
    }

    private static void awaitSettled(ProofLoop loop, DiskStorage storage, CompletableFuture<Boolean> settled) {
        if (storage.isSettled()) {
            settled.complete(true);
        } else {
            loop.schedule(PAUSE_NANOS, () -> awaitSettled(loop, storage, settled));
        }
    }

    private static NavigableMap<byte[], byte[]> contents(ProofLoop loop, Table table) {
        NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
        TableContents.of(
                        table,
                        page -> loop.<List<Entry>>call(
                                done -> page.scan(Completion.of(done::complete, done::completeExceptionally))))
                .forEach((place, record) -> rows.put(bytes(place.token(), place.key()), record));
        return rows;
    }

    private void operate(ProofLoop loop, List<Table> tables, int operations, int largeBytes) {
        List<CompletableFuture<Durability>> underWay = new ArrayList<>();
        for (int i = 1; i <= operations; i++) {
            underWay.add(operate(loop, tables.get(random.nextInt(2)), largeBytes));
            if (underWay.size() == UNDER_WAY || i == operations) {
                underWay.forEach(CompletableFuture::join);
                underWay.clear();
            }
        }
    }

    private CompletableFuture<Durability> operate(ProofLoop loop, Table table, int largeBytes) {
        int key = random.nextInt(KEYS);
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + key % 20).putInt(key).array();
        Token token = key % 5 == 0 ? new Token(key / 100, 7) : Token.of(bytes);
        boolean removal = table.name().startsWith("_") && random.nextInt(4) == 0;
        int most = random.nextInt(50) == 0 ? largeBytes : MOST_BYTES;
        byte[] record = VersionedRecords.of(++number, VersionedRecords.LEAST_BYTES + random.nextInt(most));
        CompletableFuture<Durability> end = new CompletableFuture<>();
        Completion<Durability> completion = Completion.of(end::complete, end::completeExceptionally);
        loop.execute(() -> {
            if (removal) {
                table.remove(token, bytes, completion);
            } else {
                table.append(token, bytes, record, completion);
            }
        });
        return end;
    }

    private static byte[] bytes(Token token, byte[] key) {
        return ByteBuffer.allocate(16 + key.length)
                .putLong(token.high())
                .putLong(token.low())
                .put(key)
                .array();
    }
}
