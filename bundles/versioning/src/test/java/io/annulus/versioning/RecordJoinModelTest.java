package io.annulus.versioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.version.Dot;
import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random histories of one key against a model that keeps full causal histories: every version carries the set of all dots
 * that its writer had seen, and a version is dead where a newer one has it in its history.
 */
class RecordJoinModelTest {

    private static final int OWNERS = 3;
    private static final int STAND_INS = 2;
    private static final int STEPS = 60;

    /** What the model knows at one place: the live dots with their values, and every dot ever seen. */
    private static final class Model {
        private final TreeMap<Dot, Byte> live = new TreeMap<>();
        private final Set<Dot> seen = new TreeSet<>();

        private Model copy() {
            Model copy = new Model();
            copy.live.putAll(live);
            copy.seen.addAll(seen);
            return copy;
        }

        private void join(Model other) {
            live.keySet().removeIf(dot -> other.seen.contains(dot) && !other.live.containsKey(dot));
            other.live.forEach((dot, value) -> {
                if (!seen.contains(dot)) {
                    live.put(dot, value);
                }
            });
            seen.addAll(other.seen);
        }

        private void write(Set<Dot> context, Dot dot, Optional<Byte> value) {
            live.keySet().removeAll(context);
            seen.addAll(context);
            seen.add(dot);
            value.ifPresent(bytes -> live.put(dot, bytes));
        }
    }

    /** A record and its model. */
    private record Pair(Optional<byte[]> record, Model model) {}

    private final RecordVersioning versioning = new RecordVersioning();
    private SplittableRandom random;
    private final Pair[] owners = new Pair[OWNERS];
    private final List<Pair> inFlight = new ArrayList<>();
    private final List<Pair> clients = new ArrayList<>();
    private final long[] sequences = new long[OWNERS + STAND_INS];

    @Test
    void recordsDoAsFullCausalHistories() {
        long seed = Seeds.seed();
        for (int history = 0; history < 1500; history++) {
            random = new SplittableRandom(seed + history);
            runHistory();
        }
    }

    private void runHistory() {
        inFlight.clear();
        clients.clear();
        for (int i = 0; i < OWNERS; i++) {
            owners[i] = new Pair(Optional.empty(), new Model());
        }
        Arrays.fill(sequences, 0);
        for (int step = 0; step < STEPS; step++) {
            int owner = random.nextInt(OWNERS);
            switch (random.nextInt(6)) {
                case 0 -> clients.add(owners[owner]);
                case 1, 2 -> update(owner);
                case 3 -> delta();
                default -> deliver(owner);
            }
            check(owners[owner]);
        }
        converge();
    }

    private Dot fresh(int origin) {
        sequences[origin] += 1 + random.nextInt(3) * random.nextInt(5);
        return new Dot(origin * 0x7000000000000001L, sequences[origin]);
    }

    private Pair client() {
        return clients.isEmpty() || random.nextInt(4) == 0
                ? new Pair(Optional.empty(), new Model())
                : clients.get(random.nextInt(clients.size()));
    }

    private byte[] contextOf(Pair client) {
        return client.record.map(record -> versioning.view(record).context()).orElse(new byte[0]);
    }

    private Optional<Byte> someValue() {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of((byte) random.nextInt());
    }

    private static Optional<byte[]> bytes(Optional<Byte> value) {
        return value.map(b -> new byte[] {b});
    }

    private void update(int owner) {
        Pair client = client();
        Optional<Byte> value = someValue();
        Dot dot = fresh(owner);
        Stamp stamp = new Stamp(dot, random.nextInt(1000), 0);
        byte[] record = versioning.update(owners[owner].record, contextOf(client), stamp, bytes(value));
        Model model = owners[owner].model.copy();
        model.write(client.model.seen, dot, value);
        owners[owner] = new Pair(Optional.of(record), model);
        inFlight.add(owners[owner]);
    }

    private void delta() {
        Pair client = client();
        Optional<Byte> value = someValue();
        Dot dot = fresh(OWNERS + random.nextInt(STAND_INS));
        Stamp stamp = new Stamp(dot, random.nextInt(1000), 0);
        Model model = new Model();
        model.write(client.model.seen, dot, value);
        inFlight.add(new Pair(Optional.of(versioning.delta(contextOf(client), stamp, bytes(value))), model));
    }

    private void deliver(int owner) {
        if (!inFlight.isEmpty()) {
            owners[owner] = joined(owners[owner], inFlight.get(random.nextInt(inFlight.size())));
        }
    }

    private Pair joined(Pair left, Pair right) {
        Model model = left.model.copy();
        model.join(right.model);
        if (left.record.isEmpty() || right.record.isEmpty()) {
            return new Pair(left.record.or(() -> right.record), model);
        }
        return new Pair(Optional.of(versioning.join(left.record.get(), right.record.get())), model);
    }

    private void check(Pair pair) {
        TreeMap<Dot, Byte> live = new TreeMap<>();
        pair.record
                .map(versioning::view)
                .map(RecordView::siblings)
                .orElse(List.of())
                .forEach(sibling -> {
                    live.put(sibling.dot(), sibling.value()[0]);
                });
        assertEquals(pair.model.live, live);
        pair.record.ifPresent(versioning::verify);
    }

    /** All owners join all that was ever sent, each in an order of its own, and end with the same bytes. */
    private void converge() {
        Pair expected = null;
        for (Pair owner : owners) {
            Pair end = owner;
            List<Pair> rest = new ArrayList<>(inFlight);
            while (!rest.isEmpty()) {
                Pair next = rest.remove(random.nextInt(rest.size()));
                end = joined(end, next);
                if (random.nextInt(5) == 0) {
                    end = joined(end, next);
                }
            }
            check(end);
            if (expected != null && expected.record.isPresent()) {
                assertArrayEquals(expected.record.get(), end.record.orElseThrow());
                assertEquals(versioning.digest(expected.record.get()), versioning.digest(end.record.get()));
            }
            expected = end;
        }
        laws();
    }

    private void laws() {
        for (int i = 0; i < 20 && inFlight.size() > 2; i++) {
            byte[] a = some();
            byte[] b = some();
            byte[] c = some();
            assertArrayEquals(versioning.join(a, b), versioning.join(b, a));
            assertArrayEquals(versioning.join(a, versioning.join(b, c)), versioning.join(versioning.join(a, b), c));
            assertTrue(a == versioning.join(a, a));
            assertArrayEquals(versioning.join(a, b), versioning.join(versioning.join(a, b), b));
        }
    }

    private byte[] some() {
        return inFlight.get(random.nextInt(inFlight.size())).record.orElseThrow();
    }
}
