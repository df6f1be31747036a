package io.annulus.simulator.workload;

import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedWorld;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The rhythm of a client: a turn asks at most one thing, and the next turn follows some time after its answer. An answer that
 * does not come, since the node that was asked is gone, is given up after a while; should it come later, nobody hears it.
 */
final class ClosedLoop {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final SimulatedWorld world;
    private final SimulatedRandom random;
    private final long thinkNanos;
    private final Runnable turn;
    private final Runnable lost;
    private int turns;
    private boolean asked;
    private boolean waits;
    private boolean stopped;

    /**
     * A loop that stands still until {@link #start}.
     *
     * @param turn what the client does in its turn
     * @param lost what it does when an answer is given up
     */
    ClosedLoop(SimulatedWorld world, SimulatedRandom random, Duration think, Runnable turn, Runnable lost) {
        this.world = world;
        this.random = random;
        this.thinkNanos = think.toNanos();
        this.turn = turn;
        this.lost = lost;
    }

    void start() {
        think();
    }

    /** No further turn begins; an answer that is awaited is still heard. */
    void stop() {
        stopped = true;
    }

    /** Whether an answer is awaited. */
    boolean waits() {
        return waits;
    }

    /** Ends the turn with an answer: one of the two arguments is null, as with stages. */
    <T> void await(CompletionStage<T> stage, BiConsumer<T, Throwable> answer) {
        int mine = turns;
        asked = true;
        waits = true;
        stage.whenComplete((result, failure) -> {
            if (turns == mine && waits) {
                waits = false;
                hear(result, failure, answer);
                think();
            }
        });
        world.after(PATIENCE, () -> {
            if (turns == mine && waits) {
                waits = false;
                lost.run();
                think();
            }
        });
    }

    /**
     * Hears an answer: one of the first two arguments is null, as with stages. A stage keeps what its listeners throw to itself,
     * so that is thrown once more, by an event of the world, which ends the run.
     */
    <T> void hear(T result, Throwable failure, BiConsumer<T, Throwable> answer) {
        try {
            answer.accept(result, failure instanceof CompletionException ? failure.getCause() : failure);
        } catch (RuntimeException e) {
            world.after(Duration.ZERO, () -> {
                throw e;
            });
        }
    }

    /** Number of the turn that began last. */
    int turn() {
        return turns;
    }

    private void think() {
        world.after(Duration.ofNanos(random.between(1, 2 * thinkNanos)), this::next);
    }

    private void next() {
        if (stopped) {
            return;
        }
        turns++;
        asked = false;
        turn.run();
        if (!asked) {
            think();
        }
    }
}
