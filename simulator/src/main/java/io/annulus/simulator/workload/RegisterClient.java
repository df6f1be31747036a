package io.annulus.simulator.workload;

import io.annulus.api.Context;
import io.annulus.api.Keyspace;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.Level;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A client of a linearizable register with one writer, built of what the store promises (Attiya, Bar-Noy, Dolev, "Sharing
 * Memory Robustly in Message-Passing Systems", 1995): the writer numbers its values and writes each to a majority of the
 * owners; everybody reads atomically, so that what is returned is held by a majority, and takes the value of the greatest
 * number.
 *
 * <p>A write whose end is not known may appear later, beside those that did not know of it. The numbers hide it. A delete has
 * no number, so the writer deletes only straight after a read of its own that showed the last value it tried to write: what
 * turns up later was hidden from all readers until then.
 */
final class RegisterClient {

    private final ClientParts parts;
    private final String name;
    private final String key;
    private final boolean writes;
    private final SimulatedRandom random;
    private final Session session;
    private final ClosedLoop loop;
    private Context seen = Context.NONE;
    private boolean hasJustReadLatest;
    private int written;

    RegisterClient(ClientParts parts, String name, String key, boolean writes) {
        this.parts = parts;
        this.name = name;
        this.key = key;
        this.writes = writes;
        this.random = parts.world().random().fork(name);
        this.session = parts.session(name);
        this.loop = parts.loop(random, this::turn, this::lost);
    }

    ClosedLoop loop() {
        return loop;
    }

    private void turn() {
        String node = parts.anyNode(random);
        Optional<Keyspace> keyspace = parts.gateway().keyspace(node, WorkloadPlan.keyspaceOf(key));
        if (keyspace.isEmpty()) {
            return;
        }
        int choice = writes ? random.nextInt(10) : 0;
        if (choice < 4) {
            read(keyspace.get(), node);
        } else if (choice == 4 && hasJustReadLatest && !seen.isNone()) {
            delete(keyspace.get(), node);
        } else {
            put(keyspace.get(), node);
        }
    }

    private void read(Keyspace keyspace, String node) {
        ReadOptions options = ReadOptions.atomic();
        session.ask(
                node, Function.GET, key, Optional.empty(), "", parts.levels().levelOf(options));
        loop.await(keyspace.get(bytes(), options), this::onRead);
    }

    private void onRead(ReadResult result, Throwable failure) {
        if (failure != null) {
            hasJustReadLatest = false;
            session.failed(failure);
        } else {
            seen = result.context();
            List<String> shown =
                    shown(result.values().stream().map(ValueCodec::decode).toList());
            hasJustReadLatest = shown.equals(List.of(name + "-" + (written - 1)));
            session.answered(result, shown);
        }
    }

    private void put(Keyspace keyspace, String node) {
        WriteOptions options = options();
        String value = name + "-" + written++;
        ask(node, Function.PUT, Optional.of(value), options);
        loop.await(keyspace.put(bytes(), ValueCodec.encode(value, 0), options), this::onWritten);
    }

    private void delete(Keyspace keyspace, String node) {
        WriteOptions options = options();
        ask(node, Function.DELETE, Optional.empty(), options);
        loop.await(keyspace.delete(bytes(), options), this::onWritten);
    }

    private void ask(String node, Function function, Optional<String> value, WriteOptions options) {
        Level level = parts.levels().levelOf(options);
        session.ask(node, function, key, value, options.context().toString(), level);
    }

    private void onWritten(WriteResult result, Throwable failure) {
        hasJustReadLatest = false;
        if (failure != null) {
            session.failed(failure);
        } else {
            seen = result.context();
            session.answered(result);
        }
    }

    private void lost() {
        hasJustReadLatest = false;
        session.lost();
    }

    private WriteOptions options() {
        return parts.levels().strictWrite().withContext(seen);
    }

    /** The value of the greatest number, or, where some were never written, those. */
    static List<String> shown(List<String> names) {
        List<String> foreign =
                names.stream().filter(name -> !name.matches("w[0-9]+-[0-9]+")).toList();
        return foreign.isEmpty()
                ? names.stream()
                        .max(Comparator.comparingInt(RegisterClient::number))
                        .map(List::of)
                        .orElse(List.of())
                : foreign;
    }

    private static int number(String value) {
        return Integer.parseInt(value.substring(value.indexOf('-') + 1));
    }

    private byte[] bytes() {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
