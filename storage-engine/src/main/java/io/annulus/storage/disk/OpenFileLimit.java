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
    private static final int DECIMAL = 10;
    private static final int MOST_DIGITS = 18;

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
        for (String line : limits) {
            if (line.startsWith(LINE)) {
                return number(line.substring(LINE.length()).trim());
            }
        }
        return OptionalLong.empty();
    }

    /** The number that a line begins with. */
    private static OptionalLong number(String line) {
        int end = 0;
        while (end < line.length() && Character.digit(line.charAt(end), DECIMAL) >= 0) {
            end++;
        }
        return end == 0 || end > MOST_DIGITS
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(line.substring(0, end)));
    }
}
