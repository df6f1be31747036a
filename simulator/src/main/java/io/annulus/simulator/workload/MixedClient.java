package io.annulus.simulator.workload;

import io.annulus.api.Context;
import io.annulus.api.Keyspace;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.history.Function;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Reads, puts blindly, replaces what it saw (the latest, or of late), deletes and updates, at a random node and any level. A
 * strict one reads atomically and writes to a majority of the owners.
 */
final class MixedClient {

    private static final int REMEMBERED = 4;

    private final ClientParts parts;
    private final String name;
    private final List<String> keys;
    private final boolean strict;
    private final Set<String> emptied;
    private final SimulatedRandom random;
    private final Session session;
    private final ClosedLoop loop;
    private final Map<String, List<Context>> seen = new TreeMap<>();
    private int written;

    /** A client; {@code emptied} are the keys to which the one value without bytes was written, by any client. */
    MixedClient(ClientParts parts, String name, List<String> keys, boolean strict, Set<String> emptied) {
        this.parts = parts;
        this.name = name;
        this.keys = keys;
        this.strict = strict;
        this.emptied = emptied;
        this.random = parts.world().random().fork(name);
        this.session = parts.session(name);
        this.loop = parts.loop(random, this::turn, session::lost);
    }

    ClosedLoop loop() {
        return loop;
    }

    private void turn() {
        String key = keys.get(random.nextInt(keys.size()));
        String node = parts.anyNode(random);
        Optional<Keyspace> served = parts.gateway().keyspace(node, WorkloadPlan.keyspaceOf(key));
        if (served.isEmpty()) {
            return;
        }
        Keyspace keyspace = served.get();
        List<Context> contexts = seen.getOrDefault(key, List.of());
        int choice = random.nextInt(100);
        if (choice < 40) {
            read(keyspace, node, key);
        } else if (choice < 52) {
            put(keyspace, node, key, Context.NONE);
        } else if (choice < 75) {
            put(keyspace, node, key, latest(contexts));
        } else if (choice < 80) {
            put(keyspace, node, key, contexts.isEmpty() ? Context.NONE : contexts.get(0));
        } else if (choice < 90) {
            delete(keyspace, node, key, latest(contexts));
        } else {
            new Update(keyspace, node, key).start();
        }
    }

    private void read(Keyspace keyspace, String node, String key) {
        ReadOptions options = readOptions();
        session.ask(
                node, Function.GET, key, Optional.empty(), "", parts.levels().levelOf(options));
        loop.await(keyspace.get(bytes(key), options), (result, failure) -> onRead(key, result, failure));
    }

    private void onRead(String key, ReadResult result, Throwable failure) {
        if (failure != null) {
            session.failed(failure);
        } else {
            remember(key, result.context());
            session.answered(result, names(result.values()));
        }
    }

    private void put(Keyspace keyspace, String node, String key, Context context) {
        WriteOptions options = writeOptions().withContext(context);
        String value = nextValue(key);
        session.ask(
                node,
                Function.PUT,
                key,
                Optional.of(value),
                context.toString(),
                parts.levels().levelOf(options));
        loop.await(
                keyspace.put(bytes(key), ValueCodec.encode(value, size()), options),
                (result, failure) -> onWritten(key, 1, result, failure));
    }

    private void delete(Keyspace keyspace, String node, String key, Context context) {
        if (context.isNone() && !isLww(key)) {
            read(keyspace, node, key);
            return;
        }
        WriteOptions options = writeOptions().withContext(context);
        session.ask(
                node,
                Function.DELETE,
                key,
                Optional.empty(),
                context.toString(),
                parts.levels().levelOf(options));
        loop.await(keyspace.delete(bytes(key), options), (result, failure) -> onWritten(key, 0, result, failure));
    }

    private void onWritten(String key, int own, WriteResult result, Throwable failure) {
        if (failure != null) {
            session.failed(failure);
        } else {
            rememberIfAlone(key, result, own);
            session.answered(result);
        }
    }

    /**
     * An update is taken down as the reads and writes that it consists of. Its contexts are not shown to a client, so names are
     * made up for them. When the merge is called again, the write before was acknowledged; when the read in between began is
     * not known, so no strictness is claimed for it. Nor does an update end when its answer is given up: what it does then is
     * taken down under a process of its own. So it may still be going on in peace, and asks no more replicas than are left then.
     */
    private final class Update {

        private final Keyspace keyspace;
        private final String node;
        private final String key;
        private final WriteOptions options = parts.levels().ofMajorityAtMost(writeOptions());
        private int mine;
        private int merges;
        private int own;
        private Optional<Session> unheard = Optional.empty();

        Update(Keyspace keyspace, String node, String key) {
            this.keyspace = keyspace;
            this.node = node;
            this.key = key;
        }

        void start() {
            mine = loop.turn();
            ReadOptions read = parts.levels().ofMajorityAtMost(readOptions());
            session.ask(
                    node,
                    Function.GET,
                    key,
                    Optional.empty(),
                    "",
                    parts.levels().levelOf(read));
            CompletionStage<WriteResult> stage = keyspace.update(bytes(key), this::merge, read, options);
            loop.await(stage, (result, failure) -> onWritten(key, own, result, failure));
            stage.whenComplete((result, failure) -> loop.hear(result, failure, this::endUnheard));
        }

        private void endUnheard(WriteResult result, Throwable failure) {
            if (unheard.isPresent() && failure == null) {
                unheard.get().answered(result);
            } else if (unheard.isPresent()) {
                unheard.get().failed(failure);
            }
        }

        private Optional<byte[]> merge(List<byte[]> values) {
            boolean deletes = random.nextInt(8) == 0;
            own = deletes ? 0 : 1;
            String value = nextValue(key);
            String context = isLww(key) ? "" : "seen by " + value;
            if (loop.turn() == mine && loop.waits()) {
                if (merges++ > 0) {
                    session.done(List.of(), "");
                    askToRead(session);
                }
                session.done(names(values), context);
                askToWrite(session, deletes, value, context);
            } else {
                unheard.ifPresent(before -> before.done(List.of(), ""));
                Session late = parts.session("late " + value);
                unheard = Optional.of(late);
                askToRead(late);
                late.done(names(values), context);
                askToWrite(late, deletes, value, context);
            }
            return deletes ? Optional.empty() : Optional.of(ValueCodec.encode(value, size()));
        }

        private void askToRead(Session process) {
            process.ask(
                    node,
                    Function.GET,
                    key,
                    Optional.empty(),
                    "",
                    parts.levels().weakest());
        }

        private void askToWrite(Session process, boolean deletes, String value, String context) {
            process.ask(
                    node,
                    deletes ? Function.DELETE : Function.PUT,
                    key,
                    deletes ? Optional.empty() : Optional.of(value),
                    context,
                    parts.levels().levelOf(options));
        }
    }

    private ReadOptions readOptions() {
        return strict ? ReadOptions.atomic() : parts.levels().read(random);
    }

    private WriteOptions writeOptions() {
        return strict ? parts.levels().strictWrite() : parts.levels().write(random);
    }

    private String nextValue(String key) {
        if (random.nextInt(64) == 0 && emptied.add(key)) {
            return ValueCodec.EMPTY;
        }
        return name + "-" + written++;
    }

    /** Mostly small, and sometimes as large as it may be. */
    private int size() {
        int most = parts.plan().maxValueBytes();
        return switch (random.nextInt(16)) {
            case 0 -> most;
            case 1, 2 -> random.nextInt(most + 1);
            default -> 0;
        };
    }

    /** Where there are others than its own value, the context of a write covers some that this client has not seen. */
    private void rememberIfAlone(String key, WriteResult result, int own) {
        if (result.siblings() <= own) {
            remember(key, result.context());
        }
    }

    private void remember(String key, Context context) {
        List<Context> contexts = seen.computeIfAbsent(key, ignored -> new ArrayList<>());
        if (!context.isNone()) {
            contexts.add(context);
        }
        if (contexts.size() > REMEMBERED) {
            contexts.remove(0);
        }
    }

    private static Context latest(List<Context> contexts) {
        return contexts.isEmpty() ? Context.NONE : contexts.get(contexts.size() - 1);
    }

    private static boolean isLww(String key) {
        return WorkloadPlan.keyspaceOf(key).equals(WorkloadPlan.LWW);
    }

    private static List<String> names(List<byte[]> values) {
        return values.stream().map(ValueCodec::decode).toList();
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
