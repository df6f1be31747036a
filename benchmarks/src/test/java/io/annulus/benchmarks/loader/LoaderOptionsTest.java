package io.annulus.benchmarks.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A run that could prove nothing is refused. */
class LoaderOptionsTest {

    @TempDir
    Path directory;

    @Test
    void killNeedsTwoNodesThatGoOn() {
        assertTrue(refusal(() -> LoaderOptions.parse(new String[] {"--input", "a", "--kill", "--nodes", "2"}))
                .contains("--nodes 2"));
        assertEquals(
                3, LoaderOptions.parse(new String[] {"--input", "a", "--kill"}).nodes());
    }

    @Test
    void inputThatIsMissingOrEmptyIsRefused() throws IOException {
        Path missing = directory.resolve("missing");
        assertTrue(refusal(() -> Lines.of(missing)).contains(missing + " does not exist"));
        assertTrue(refusal(() -> Lines.of(directory)).contains("has no line"));
        Files.writeString(directory.resolve("a.list"), "one\n\ntwo\none\n");
        assertEquals(List.of("one", "two"), Lines.of(directory));
    }

    private static String refusal(Executable attempt) {
        return assertThrows(IllegalArgumentException.class, attempt).getMessage();
    }
}
