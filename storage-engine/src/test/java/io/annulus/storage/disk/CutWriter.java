package io.annulus.storage.disk;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.Table;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Writes, cuts all files while they are open, writes and reads on, and ends with 0 when no write was acknowledged after the
 * cut and what failed failed as documented. */
final class CutWriter {

    private static final int RECORDS = 2000;

    private CutWriter() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        DiskFixture fixture = new DiskFixture();
        DiskStorage storage = fixture.open(directory);
        Table table = fixture.table(storage);
        for (int i = 0; i < RECORDS / 10; i++) {
            DiskFixture.await(fixture.append(table, i));
        }
        storage.flush();
        while (!storage.isSettled()) {
            Thread.onSpinWait();
        }
        DiskFixture.await(fixture.append(table, RECORDS));
        for (Path file : files(directory)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(Long.parseLong(args[1]));
            }
        }
        int fenced = 0;
        for (int i = 0; i < RECORDS; i++) {
            fenced += isFenced(fixture, table, i) ? 1 : 0;
        }
        for (int i = 0; i < RECORDS; i++) {
            readOrFail(fixture, table, i);
        }
        storage.close();
        System.out.println(fenced + " of " + RECORDS + " writes were refused");
        System.exit(fenced == RECORDS ? 0 : 1);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file ->
                            file.toString().endsWith(".cq4") || file.toString().endsWith(".sst"))
                    .toList();
        }
    }

    private static boolean isFenced(DiskFixture fixture, Table table, int i) {
        try {
            DiskFixture.await(fixture.append(table, i));
            return false;
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageFencedException) {
                return true;
            }
            throw e;
        }
    }

    private static void readOrFail(DiskFixture fixture, Table table, int i) {
        try {
            fixture.read(table, i);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof CorruptDataException)) {
                throw e;
            }
        }
    }
}
