package io.annulus.benchmarks.loader;

import io.annulus.api.KeyspaceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The distinct lines of a text file, or of all files of a directory, in order; lines that are no keys are left out. */
final class Lines {

    private Lines() {}

    static List<String> of(Path input) throws IOException {
        Set<String> lines = new LinkedHashSet<>();
        for (Path file : files(input)) {
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                int bytes = line.getBytes(StandardCharsets.UTF_8).length;
                if (bytes >= 1 && bytes <= KeyspaceSettings.MAX_KEY_BYTES) {
                    lines.add(line);
                }
            }
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("--input " + input + " has no line of 1 to "
                    + KeyspaceSettings.MAX_KEY_BYTES + " bytes; name a text file, or a directory with *.list files");
        }
        return new ArrayList<>(lines);
    }

    private static List<Path> files(Path input) throws IOException {
        if (!Files.exists(input)) {
            throw new IllegalArgumentException(
                    "--input " + input + " does not exist; name a text file, or a directory with *.list files");
        }
        if (Files.isRegularFile(input)) {
            return List.of(input);
        }
        try (Stream<Path> found = Files.list(input)) {
            return found.filter(file -> file.toString().endsWith(".list"))
                    .sorted()
                    .toList();
        }
    }
}
