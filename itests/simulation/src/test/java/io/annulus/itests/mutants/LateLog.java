package io.annulus.itests.mutants;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Table;
import io.annulus.api.version.RecordJoin;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A table whose log is written by a timer; until then what it acknowledged is visible, and in memory alone. */
final class LateLog extends ForwardingTable {

    private static final long INTERVAL_NANOS = 500_000_000L;

    private final EventLoop loop;
    private final RecordJoin join;
    private final Map<Token, byte[]> unsynced = new HashMap<>();

    LateLog(EventLoop loop, RecordJoin join, Table real) {
        super(real);
        this.loop = loop;
        this.join = join;
    }

    @Override
    public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
        byte[] latest = unsynced.merge(token, record, join::join);
        loop.schedule(INTERVAL_NANOS, () -> flush(token, key, latest));
        loop.execute(() -> completion.onResult(Durability.SYNCED));
    }

    @Override
    public void read(Token token, byte[] key, Completion<Optional<byte[]>> completion) {
        super.read(
                token,
                key,
                Completion.of(synced -> completion.onResult(withUnsynced(token, synced)), completion::onFailure));
    }

    private Optional<byte[]> withUnsynced(Token token, Optional<byte[]> synced) {
        Optional<byte[]> newer = Optional.ofNullable(unsynced.get(token));
        return newer.isPresent() && synced.isPresent()
                ? Optional.of(join.join(synced.get(), newer.get()))
                : newer.or(() -> synced);
    }

    private void flush(Token token, byte[] key, byte[] record) {
        real.append(token, key, record, Completion.of(durability -> unsynced.remove(token, record), failure -> {}));
    }
}
