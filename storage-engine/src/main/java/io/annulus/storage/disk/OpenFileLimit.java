package io.annulus.storage.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How many files the process may have open, where the system says so. */
final class OpenFileLimit {

    /** Each sorted table takes one, and there are some hundred of them. */
    static final long ENOUGH = 4096;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";

    private OpenFileLimit() {}

    /** What an operator should know; empty when there are enough, or nobody knows. */
    static Optional<String> warning() throws IOException {
        return Files.isReadable(LIMITS) ? warning(Files.readAllLines(LIMITS)) : Optional.empty();
    }

    static Optional<String> warning(List<String> limits) {
        OptionalLong most = soft(limits);
        return most.isPresent() && most.getAsLong() < ENOUGH
                ? Optional.of("this process may have " + most.getAsLong() + " files open, fewer than " + ENOUGH
                        + ": sorted tables may fail to open; raise the limit (ulimit -n)")
                : Optional.empty();
    }

    /** The limit that counts; none when it is "unlimited" or not told. */
    private static OptionalLong soft(List<String> limits) {
        return limits.stream()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).trim().split("\\s+")[0])
                .filter(limit -> limit.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
