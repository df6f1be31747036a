package io.annulus.storage.disk;

import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Table;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Writes until it is halted in the middle, and prints the number of each key whose write was acknowledged. */
final class CrashedWriter {

    private static final int SINGLE = 3;

    private CrashedWriter() {}

    public static void main(String[] args) {
        int haltAfter = Integer.parseInt(args[1]);
        DiskFixture fixture = new DiskFixture();
        DiskStorage storage = fixture.open(Path.of(args[0]));
        Table table = fixture.table(storage);
        int from = Integer.parseInt(args[2]);
        // The first ones are batches of their own.
        for (int i = from; i < from + 3 * haltAfter; i++) {
            int number = i;
            CompletableFuture<Durability> end = fixture.append(table, number);
            if (i < from + SINGLE) {
                DiskFixture.await(end);
            }
            end.thenRun(() -> {
                System.out.println("acked " + number);
                System.out.flush();
                if (number == from + haltAfter) {
                    Runtime.getRuntime().halt(9);
                }
            });
        }
        DiskFixture.await(new CompletableFuture<Void>());
    }
}
