package io.annulus.itests.simulation;

import io.annulus.api.AnnulusException;
import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.Context;
import io.annulus.api.Guarantee;
import io.annulus.api.Keyspace;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.itests.simulation.WriteLedger.Fate;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.testkit.wiring.SimulatedAnnulus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A client in a closed loop: reads a key, then puts blindly, replaces what it saw, or deletes it; at a random node. */
final class ClientSimulation {

    private static final Duration THINK = Duration.ofMillis(5);
    private static final Duration GIVE_UP = Duration.ofSeconds(12);

    private final SimulatedWorld world;
    private final List<SimulatedAnnulus> nodes;
    private final Map<String, WriteLedger> ledgers;
    private final SimulatedRandom random;
    private final String name;
    private final List<String> violations = new ArrayList<>();
    private int operations;
    private int acked;
    private int turn;
    private boolean stopped;

    ClientSimulation(
            SimulatedWorld world, List<SimulatedAnnulus> nodes, Map<String, WriteLedger> ledgers, String name) {
        this.world = world;
        this.nodes = nodes;
        this.ledgers = ledgers;
        this.random = world.random().fork(name);
        this.name = name;
    }

    void start() {
        later();
    }

    /** Goes on after a pause, and, should a crash take the answer, after a longer one without it. */
    private void later() {
        int mine = ++turn;
        world.after(THINK, () -> {
            if (turn == mine) {
                next();
            }
        });
        world.after(GIVE_UP, () -> {
            if (turn == mine) {
                later();
            }
        });
    }

    void stop() {
        stopped = true;
    }

    List<String> violations() {
        return violations;
    }

    int acked() {
        return acked;
    }

    private void next() {
        if (stopped) {
            return;
        }
        Optional<Keyspace> keyspace = nodes.get(random.nextInt(nodes.size())).keyspace("default");
        if (keyspace.isEmpty()) {
            later();
            return;
        }
        int mine = turn;
        String key = List.copyOf(ledgers.keySet()).get(random.nextInt(ledgers.size()));
        Set<String> expected = ledgers.get(key).overlapping();
        keyspace.get()
                .get(bytes(key), random.nextInt(4) == 0 ? ReadOptions.atomic() : ReadOptions.quorum())
                .whenComplete((seen, failure) -> {
                    if (turn != mine) {
                        return;
                    }
                    if (failure == null) {
                        check(key, expected, seen);
                        write(keyspace.get(), key, Optional.of(seen));
                    } else {
                        write(keyspace.get(), key, Optional.empty());
                    }
                });
    }

    private void check(String key, Set<String> expected, ReadResult seen) {
        Set<String> present = ids(seen);
        List<String> invented = ledgers.get(key).invented(present);
        if (!invented.isEmpty()) {
            violations.add(key + ": read " + invented + ", said not to be applied");
        }
        if (seen.receipt().guarantee().compareTo(Guarantee.OVERLAP) >= 0) {
            List<String> missing = ledgers.get(key).missing(expected, present);
            if (!missing.isEmpty()) {
                violations.add(key + ": an overlapping read misses " + missing + ": " + seen.receipt());
            }
        }
    }

    private void write(Keyspace keyspace, String key, Optional<ReadResult> seen) {
        int mine = turn;
        String id = name + "-" + operations++;
        Set<String> covered = seen.map(ClientSimulation::ids).orElse(Set.of());
        Context context = seen.map(ReadResult::context).orElse(Context.NONE);
        int choice = random.nextInt(10);
        WriteOptions options = WriteOptions.acks(random.nextInt(5) == 0 ? 1 : 2).withSloppy(random.nextInt(2) == 0);
        CompletionStage<WriteResult> stage;
        WriteLedger ledger = ledgers.get(key);
        if (choice == 0 && !context.isNone()) {
            ledger.begin(id, true, covered);
            stage = keyspace.delete(bytes(key), options.withContext(context));
        } else if (choice == 1 || context.isNone()) {
            ledger.begin(id, false, Set.of());
            stage = keyspace.put(bytes(key), bytes(id), options);
        } else {
            ledger.begin(id, false, covered);
            stage = keyspace.put(bytes(key), bytes(id), options.withContext(context));
        }
        stage.whenComplete((result, failure) -> {
            end(ledger, id, result, failure);
            if (turn == mine) {
                later();
            }
        });
    }

    private void end(WriteLedger ledger, String id, WriteResult result, Throwable failure) {
        if (failure == null) {
            acked++;
            ledger.end(id, Fate.ACKED, result.receipt().guarantee() == Guarantee.OVERLAP);
            return;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (!(cause instanceof AnnulusException known)) {
            violations.add("write " + id + " failed with " + cause);
            return;
        }
        ledger.end(id, known.effect() == Effect.NOT_APPLIED ? Fate.NOT_APPLIED : Fate.UNKNOWN, false);
    }

    static Set<String> ids(ReadResult result) {
        Set<String> ids = new HashSet<>();
        result.values().forEach(value -> ids.add(new String(value, StandardCharsets.UTF_8)));
        return ids;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
