package io.annulus.storage.proof;

import io.annulus.storage.disk.DiskStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens what a {@link CrashWriter} left in its first life, and tells with status 0 or 1, and a line, whether all that was
 * acknowledged is there, and nothing that was not written. Arguments: data directory, seed, a file with a number in hexadecimal
 * a line, each of an acknowledged operation.
 */
final class CrashChecker {

    private CrashChecker() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]).toAbsolutePath();
        CrashWorkload workload = new CrashWorkload(Long.parseLong(args[1]));
        List<String> acks = Files.readAllLines(Path.of(args[2]));
        long acked =
                acks.stream().mapToLong(line -> Long.parseLong(line, 16)).max().orElse(CrashWorkload.number(1, 0))
                        - CrashWorkload.number(1, 0);
        boolean survived = acked == 0 && !Files.exists(directory) || check(directory, workload, acked);
        System.exit(survived ? 0 : 1);
    }

    private static boolean check(Path directory, CrashWorkload workload, long acked) {
        try (ProofLoop loop = new ProofLoop();
                DiskStorage storage = CrashWriter.open(directory, loop)) {
            CrashState found = new CrashReader(workload, loop).read(storage);
            CrashVerdict verdict = new CrashVerdict(workload);
            Optional<Long> prefix = verdict.prefix(new CrashState(), 1, acked, found);
            CrashState least = verdict.after(new CrashState(), 1, acked);
            System.out.println(prefix.map(last -> "holds the first " + last + " operations, " + acked + " acknowledged")
                    .orElseGet(() -> "holds no prefix from " + acked + " on: " + least.difference(found)));
            return prefix.isPresent();
        } catch (RuntimeException | AssertionError e) {
            System.out.println("cannot be read: " + e);
            e.printStackTrace();
            return false;
        }
    }
}
