package io.annulus.itests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A seed is a run: it gives the same events in this process, again, and in another process. */
class TraceHashTest {

    private static final long SEED = 42;

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void sameSeedSameTraceInAnotherProcess(StoreKind store) throws IOException, InterruptedException {
        RunConfig config = Drawing.of(SEED).withStore(store);
        String here = Long.toHexString(ClusterRun.of(config).traceHash());
        assertEquals(here, Long.toHexString(ClusterRun.of(config).traceHash()), "in the same process");
        String there = hashInAnotherProcess(config);
        System.out.println("trace hash of seed " + SEED + " on " + store + ": " + here + " here, " + there
                + " in another process");
        assertEquals(here, there, "in another process");
    }

    @Test
    void anotherSeedAnotherTrace() {
        assertNotEquals(
                ClusterRun.of(RunConfig.calm(1)).traceHash(),
                ClusterRun.of(RunConfig.calm(2)).traceHash());
    }

    private static String hashInAnotherProcess(RunConfig config) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulationMain.class.getName()));
        command.addAll(List.of(Arguments.of(config).split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output;
        try (InputStream stream = process.getInputStream()) {
            output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(0, process.waitFor(), output);
        Matcher hash = Pattern.compile("trace hash ([0-9a-f]+)").matcher(output);
        assertEquals(true, hash.find(), output);
        return hash.group(1);
    }
}
