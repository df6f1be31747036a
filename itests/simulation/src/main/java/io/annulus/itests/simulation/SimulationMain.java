package io.annulus.itests.simulation;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.HistoryWriter;
import io.annulus.simulator.judge.Violation;
import io.annulus.testkit.wiring.Seams;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Runs clusters from the command line; {@code --help} says how. Ends with 0, with 1 on a violation, with 2 on bad usage. */
public final class SimulationMain {

    private static final int MOST_SHOWN = 5;
    private static final String HELP = """
            simulate [options]: runs a whole cluster on virtual time, from a seed, and judges what its clients saw

              --seed S         first seed; without it one is drawn
              --runs K         so many runs, of seeds S, S+1, ...; 1 without it
              --minutes M      or as many runs as begin in so many minutes
              --history FILE   writes the history of the last run, of the last that failed if any did, a JSON object a line
              --judge FILE     runs nothing: judges the history in a file, of this or of any other store; stands alone

            Whatever is not named is drawn from the seed of the run:

              --nodes N        how many nodes, 1 to 100
              --copies N       copies of each key, 1 to 16
              --reads R        R of the keyspaces
              --writes W       W of the keyspaces
              --time T         virtual time under faults, such as 30s or 10m
              --faults F,...   which faults: all, none, or names such as power-cut,cut,disk-replaced; with names, as many
                               nodes may lose data as can be borne, and one more may be down, unless said below
              --down K         most nodes that are down at a time
              --damaged K      most nodes that lose data in the run, less than half of the copies
              --pace T         mean time between two faults
              --storage S      map or lsm: the simulator's store, or the real engine on simulated files
              --clients C      clients of siblings and last-write-wins keys
              --keys K         keys of each kind
              --value-bytes B  greatest value
              --think T        mean time between an answer and a client's next request
              --durability D   of the keyspaces: synced, written or memory
              --modes M,...    of siblings, lww, register

            On a violation: what was broken, the shortest run found that breaks it too, what happened to the key, and the
            command that repeats it.
            """;

    private final Seams seams;
    private final PrintStream out;

    SimulationMain(Seams seams, PrintStream out) {
        this.seams = seams;
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(new SimulationMain(Seams.NONE, System.out).run(arguments));
    }

    /** Does what the arguments ask; gives the exit code. */
    int run(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.print(HELP);
            return 0;
        }
        try {
            return arguments.length == 2 && arguments[0].equals("--judge")
                    ? judge(Path.of(arguments[1]))
                    : run(new Arguments(arguments));
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return 2;
        }
    }

    private int judge(Path file) {
        FileJudgement judged = FileJudgement.of(file);
        out.println(judged.extent());
        if (judged.violations().isEmpty()) {
            out.println("no promise is broken");
            return 0;
        }
        print("violations", judged.violations());
        tell(judged.history(), judged.violations().get(0));
        return 1;
    }

    private int run(Arguments arguments) {
        long seed = arguments.seed().orElseGet(() -> new SplittableRandom().nextLong(1L << 48));
        long most = arguments.runs().orElse(Long.MAX_VALUE);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(arguments.runs().isPresent() ? 0 : arguments.minutes());
        Tally tally = new Tally();
        for (long next = seed; tally.runs() < most; next++) {
            if (arguments.runs().isEmpty() && System.nanoTime() - end > 0) {
                break;
            }
            RunConfig config = arguments.apply(Drawing.of(next)).withSeams(seams);
            out.println("seed " + next);
            RunResult result = ClusterRun.of(config);
            tally.add(result);
            out.println("  " + result.history().operations().size() + " operations " + result.endings() + ", faults "
                    + result.struck() + ", trace hash " + Long.toHexString(result.traceHash()));
            RunResult shown = result.failed() ? Shrinking.shrink(result, ClusterRun::of) : result;
            if (result.failed()) {
                explain(result, shown);
            }
            boolean worthKeeping = result.failed() || tally.failed() == 0;
            if (worthKeeping && !writeHistory(arguments, shown)) {
                return 2;
            }
        }
        out.println(tally);
        return tally.failed() == 0 ? 0 : 1;
    }

    private void explain(RunResult failed, RunResult shortest) {
        print("violations", failed.violations());
        print(
                "the shortest run found that fails, of "
                        + shortest.config().duration().toMillis() + " ms",
                shortest.violations());
        tell(shortest.history(), shortest.violations().get(0));
        out.println("again: itests/simulation/simulate " + Arguments.of(shortest.config()));
    }

    private void print(String title, List<Violation> violations) {
        out.println(title + ":");
        violations.stream().limit(MOST_SHOWN).forEach(violation -> out.println("  " + violation));
        if (violations.size() > MOST_SHOWN) {
            out.println("  and " + (violations.size() - MOST_SHOWN) + " more");
        }
    }

    private void tell(History history, Violation violation) {
        out.println("what happened to " + (violation.key().isEmpty() ? "the nodes" : violation.key()) + ":");
        EventLog.of(history, violation).forEach(out::println);
    }

    private boolean writeHistory(Arguments arguments, RunResult result) {
        if (arguments.history().isEmpty()) {
            return true;
        }
        Path file = Path.of(arguments.history().get());
        try {
            Files.writeString(file, HistoryWriter.write(result.history()));
            return true;
        } catch (IOException e) {
            out.println("--history " + file + " cannot be written: " + e + "; name a file in a directory that exists");
            return false;
        }
    }
}
