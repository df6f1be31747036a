package io.annulus.itests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Keyspace;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationMainTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void helpNamesEveryOption() {
        assertEquals(0, run(Seams.NONE, "--help"));
        for (String option : Arguments.of(RunConfig.calm(1)).split(" ")) {
            assertTrue(!option.startsWith("--") || output().contains(option + " "), option);
        }
    }

    @Test
    void helpIsGivenBesideOtherOptionsToo() {
        assertEquals(0, run(Seams.NONE, "--seed", "3", "--help"));
        assertTrue(output().startsWith("simulate [options]"), output());
    }

    @Test
    void emptyListOfFaultsIsBadUsage() {
        assertEquals(2, run(Seams.NONE, "--faults", ""));
        assertEquals("--faults '': give all, none, or names of faults with commas between\n", output());
    }

    @Test
    void faultsThatAreNamedCanStrikeWhateverTheSeedDraws() {
        for (long seed = 1; seed <= 50; seed++) {
            RunConfig named = new Arguments("--faults", "all", "--copies", "3", "--nodes", "3").apply(Drawing.of(seed));
            assertTrue(named.faults().maxDown() >= 2, "seed " + seed);
            assertEquals(1, named.faults().maxDamaged(), "seed " + seed);
        }
    }

    @Test
    void seedsGoOnAfterTheGreatest() {
        assertEquals(0, run(Seams.NONE, "--seed", "" + Long.MAX_VALUE, "--runs", "2", "--time", "1s"));
        assertTrue(output().contains("seed " + Long.MIN_VALUE + "\n"), output());
        assertTrue(output().contains("2 runs, 0 failed"), output());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            --sede 1              | '--sede' is no option; --help lists them
            --seed                | --seed has no value; give one after it
            --seed x              | --seed x: give a whole number
            --seed 1 --seed 2     | --seed is given twice; leave one out
            --nodes 0             | --nodes 0: give a whole number of 1 to 100
            --nodes many          | --nodes many: give a whole number of 1 to 100
            --time 10             | --time 10: give a time such as 500ms, 30s, 10m or 2h
            --time 10000000000m   | --time 10000000000m: give a time such as 500ms, 30s, 10m or 2h
            --faults cut,quake    | --faults quake: give one of clock-drift, clock-jump, cut,
            --value-bytes 31      | --value-bytes 31: give a whole number of 32 to 4194304
            --judge               | --judge stands alone, with one file after it
            --judge file --seed 1 | --judge stands alone, with one file after it
            --storage tape        | --storage tape: give one of
            --modes mapp          | --modes mapp: give one of
            --runs 2 --minutes 1  | --runs and --minutes contradict each other; leave one out
            --copies 3 --damaged 2 | --damaged 2: give a whole number of 0 to 1
            --copies 1 --reads 2  | --reads 2: give a whole number of 1 to 1
            """)
    void badUsageNamesTheValueAndTheMend(String arguments, String text) {
        assertEquals(2, run(Seams.NONE, arguments.split(" ")));
        assertTrue(output().contains(text), output());
    }

    @Test
    void soundRunPrintsItsSeedFirstAndWritesItsHistory(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("history.jsonl");
        assertEquals(0, run(Seams.NONE, "--seed", "3", "--time", "1s", "--history", file.toString()));
        assertTrue(output().startsWith("seed 3\n"), output());
        assertTrue(output().contains("trace hash "), output());
        assertTrue(Files.readString(file).startsWith("{\"type\":\"meta\""));
    }

    @Test
    void historyThatCannotBeWrittenIsBadUsage(@TempDir Path folder) {
        Path file = folder.resolve("nowhere").resolve("history.jsonl");
        assertEquals(2, run(Seams.NONE, "--seed", "3", "--time", "1s", "--history", file.toString()));
        assertTrue(output().contains("name a file in a directory that exists"), output());
    }

    @Test
    void historyOfAFailedRunIsKept(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("history.jsonl");
        Seams firstFails = new Seams() {
            private final Seams forgetful = new ForgetfulSeams();

            @Override
            public Keyspace keyspace(SimulatedNode node, Keyspace real) {
                return node.world().seed() == 1 ? forgetful.keyspace(node, real) : real;
            }
        };
        String arguments = "--seed 1 --runs 2 --nodes 3 --copies 3 --time 8s --faults none --modes siblings --history ";
        assertEquals(1, run(firstFails, (arguments + file).split(" ")));
        assertTrue(output().contains("2 runs, 1 failed"), output());
        assertTrue(Files.readString(file).contains("\"seed\":1,"), "the history of seed 1");
    }

    @Test
    void severalRunsCountTogether() {
        assertEquals(0, run(Seams.NONE, "--seed", "5", "--runs", "2", "--time", "1s"));
        assertTrue(output().contains("seed 5\n") && output().contains("seed 6\n"), output());
        assertTrue(output().contains("2 runs, 0 failed"), output());
    }

    @Test
    void violationIsShrunkExplainedAndRepeatable() {
        String arguments = "--seed 1 --nodes 3 --copies 3 --time 20s --faults cut,pause --modes siblings --clients 3";
        assertEquals(1, run(new ForgetfulSeams(), arguments.split(" ")));
        List<String> lines = output().lines().toList();
        assertEquals("seed 1", lines.get(0));
        assertTrue(lines.contains("violations:"), output());
        assertTrue(output().contains("which was acknowledged"), output());
        assertTrue(output().contains("what happened to s-"), output());
        assertTrue(lines.stream().anyMatch(line -> line.contains("  * #") && line.contains(": put c")), output());
        assertTrue(lines.stream().anyMatch(line -> line.contains("at the end    n")), output());
        String again = lines.stream()
                .filter(line -> line.startsWith("again: itests/simulation/simulate "))
                .findFirst()
                .orElseThrow();
        Arguments repeated = new Arguments(
                again.substring("again: itests/simulation/simulate ".length()).split(" "));
        RunConfig shortest = repeated.apply(Drawing.of(1)).withSeams(new ForgetfulSeams());
        assertTrue(shortest.duration().compareTo(Duration.ofSeconds(20)) < 0, again);
        assertTrue(ClusterRun.of(shortest).failed(), again);
    }

    @Test
    void optionsOfARunMakeThatRun() {
        for (long seed = 1; seed <= 50; seed++) {
            RunConfig drawn = Drawing.of(seed);
            RunConfig read = new Arguments(Arguments.of(drawn).split(" ")).apply(Drawing.of(seed + 1_000));
            assertEquals(
                    Arguments.of(drawn),
                    Arguments.of(new Arguments(Arguments.of(drawn).split(" ")).apply(drawn)));
            assertEquals(drawn.workload(), read.workload());
            assertEquals(drawn.faults(), read.faults());
        }
    }

    private int run(Seams seams, String... arguments) {
        return new SimulationMain(seams, new PrintStream(bytes, true, StandardCharsets.UTF_8)).run(arguments);
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
