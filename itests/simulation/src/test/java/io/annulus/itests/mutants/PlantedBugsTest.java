package io.annulus.itests.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.itests.simulation.ClusterRun;
import io.annulus.itests.simulation.RunResult;
import io.annulus.simulator.judge.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The judges find each planted bug within its budget of seeds, and nothing where there is none. */
final class PlantedBugsTest {

    private static final int LEAST_BUGS = 24;
    private static final int CONTROL_SEEDS = 20;

    static List<PlantedBug> bugs() {
        return PlantedBugs.all();
    }

    /** Of the bugs that share circumstances, one. */
    static Collection<PlantedBug> controls() {
        return bugs().stream()
                .collect(Collectors.toMap(
                        bug -> bug.profile() + " under " + bug.control().get().getClass(),
                        bug -> bug,
                        (one, other) -> one,
                        TreeMap::new))
                .values();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void isFoundByItsJudgeWithinTheBudget(PlantedBug bug) {
        Set<String> others = new TreeSet<>();
        for (int seed = 1; seed <= bug.budget(); seed++) {
            RunResult result = ClusterRun.of(bug.profile().run(seed, bug.seams().get()));
            Set<String> judges =
                    result.violations().stream().map(Violation::judge).collect(Collectors.toCollection(TreeSet::new));
            if (judges.contains(bug.judge())) {
                System.out.println(row(bug, seed));
                return;
            }
            others.addAll(judges);
        }
        throw new AssertionError("the judge '" + bug.judge() + "' does not find '" + bug + "' in " + bug.budget()
                + " seeds of " + bug.profile() + "; others that found something: " + others);
    }

    @ParameterizedTest
    @MethodSource("controls")
    void nothingIsFoundWithoutABug(PlantedBug bug) {
        assertTrue(bug.budget() <= CONTROL_SEEDS, "run more seeds without a bug than any bug may take");
        for (int seed = 1; seed <= CONTROL_SEEDS; seed++) {
            RunResult result =
                    ClusterRun.of(bug.profile().run(seed, bug.control().get()));
            assertEquals(List.of(), result.violations(), bug.profile() + ", seed " + seed);
        }
        System.out.println("no bug: nothing found in " + CONTROL_SEEDS + " seeds of " + bug.profile());
    }

    @Test
    void eachStandsInTheTableOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../../docs/SIMULATION.md"));
        assertTrue(bugs().size() >= LEAST_BUGS, bugs().size() + " bugs");
        assertEquals(
                bugs().size(), bugs().stream().map(PlantedBug::name).distinct().count());
        for (PlantedBug bug : bugs()) {
            assertTrue(page.contains(start(bug)), "write the row of '" + bug + "' as the test prints it");
        }
    }

    private static String row(PlantedBug bug, int seed) {
        return start(bug) + " | " + seed + " | " + bug.budget() + " |";
    }

    private static String start(PlantedBug bug) {
        return "| " + bug + " | " + bug.trap() + " | " + bug.judge() + " | " + bug.profile();
    }
}
