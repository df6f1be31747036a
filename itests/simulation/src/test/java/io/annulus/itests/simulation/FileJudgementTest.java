package io.annulus.itests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.testkit.wiring.Seams;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of runs that the simulator did not make. */
class FileJudgementTest {

    /** As a driver of real processes may write it: with times of any origin, and without receipts. */
    private static final String LINES = """
            {"type":"meta","mode":"siblings","modes":{"reg-":"register"},"n":3,"r":2,"w":2,"sloppy":false}
            {"type":"invoke","time":71000000001000,"process":"c1.0","f":"put","key":"k","value":"v1","node":"n1"}
            {"type":"ok","time":71000000901000,"process":"c1.0","f":"put","key":"k","ctx":"A1"}
            {"type":"nemesis","time":71000000950000,"f":"isolate","value":"n3"}
            {"type":"invoke","time":71000001000000,"process":"c2.0","f":"get","key":"k","r":2}
            {"type":"ok","time":71000001400000,"process":"c2.0","f":"get","key":"k","values":["v1"],"ctx":"B7"}
            {"type":"invoke","time":71000001500000,"process":"c2.0","f":"put","key":"k","value":"v2","ctx":"B7"}
            {"type":"info","time":71000006500000,"process":"c2.0","f":"put","key":"k","error":"timeout"}
            {"type":"final","replica":"n1","key":"k","values":["v2"]}
            {"type":"final","replica":"n2","key":"k","values":["v2"]}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void soundHistoryIsAccepted() throws Exception {
        assertEquals(0, judge(LINES));
        assertEquals("operations: 3, keys: 1, states of replicas: 2\nno promise is broken\n", output());
    }

    @Test
    void lostWriteIsFoundAndTold() throws Exception {
        assertEquals(1, judge(LINES.replace("[\"v2\"]", "[]")));
        assertTrue(output().contains("siblings: k: replica n1, replica n2 lacks v1"), output());
        assertTrue(output().contains("what happened to k:\n"), output());
    }

    @Test
    void staleStrictReadIsFoundWithoutReceipts() throws Exception {
        assertEquals(1, judge(LINES.replace("\"values\":[\"v1\"]", "\"values\":[]")));
        assertTrue(output().contains("receipt: k: a strict read neither shows v1 nor what replaced it"), output());
    }

    @Test
    void unusableLineIsNamed() throws Exception {
        assertEquals(2, judge(LINES.replace("\"type\":\"ok\"", "\"type\":\"yes\"")));
        assertTrue(output().contains("history.jsonl: line 3: "), output());
    }

    @Test
    void missingFileIsBadUsage() {
        assertEquals(2, run(folder.resolve("none.jsonl")));
        assertTrue(output().contains("cannot be read"), output());
    }

    @Test
    void whatARunWroteIsJudgedAgain() throws Exception {
        Path file = folder.resolve("history.jsonl");
        assertEquals(0, main().run("--seed", "3", "--time", "1s", "--history", file.toString()));
        bytes.reset();

        assertEquals(0, run(file));
        assertTrue(output().endsWith("no promise is broken\n"), output());
    }

    private int judge(String lines) throws Exception {
        Path file = folder.resolve("history.jsonl");
        Files.writeString(file, lines);
        return run(file);
    }

    private int run(Path file) {
        return main().run("--judge", file.toString());
    }

    private SimulationMain main() {
        return new SimulationMain(Seams.NONE, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
