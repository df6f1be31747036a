package io.annulus.itests.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** Runs many seeds, as many at once as there are cores: a run is confined to its thread and shares nothing. */
final class SeedRunner {

    private final Tally tally = new Tally();
    private final List<String> failures = new ArrayList<>();

    /** Runs the seeds from the given one on, until the limit or until told to stop. */
    SeedRunner run(long first, long limit, BooleanSupplier goesOn, LongFunction<RunConfig> configs) {
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(cores);
        try {
            for (long next = first; next < first + limit && goesOn.getAsBoolean(); next += cores) {
                List<Future<RunResult>> batch = new ArrayList<>();
                for (long seed = next; seed < Math.min(next + cores, first + limit); seed++) {
                    RunConfig config = configs.apply(seed);
                    batch.add(threads.submit(() -> ClusterRun.of(config)));
                }
                for (Future<RunResult> run : batch) {
                    add(run.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seeds run", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run ended with " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return this;
    }

    private void add(RunResult result) {
        tally.add(result);
        if (result.failed()) {
            String failure = "seed " + result.config().seed() + ": " + result.violations() + "; again: simulate "
                    + Arguments.of(result.config());
            failures.add(failure);
            System.out.println(failure);
        }
    }

    Tally tally() {
        return tally;
    }

    /** Each failed run, with what it broke and how to repeat it. */
    List<String> failures() {
        return failures;
    }
}
