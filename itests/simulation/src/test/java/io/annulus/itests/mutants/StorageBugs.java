package io.annulus.itests.mutants;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.RecordJoin;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Bugs of a storage engine. */
final class StorageBugs {

    private StorageBugs() {}

    /** A write is acknowledged when it is handed to the log, before the sync. */
    static Seams ackBeforeSync() {
        return Wrapped.storage((node, real) -> ForwardingTable.data(real, table -> new EarlyAck(node.loop(), table)));
    }

    /** The log is synced by a timer; until then what was acknowledged is in memory alone. */
    static Seams periodicSync() {
        return Wrapped.storage((node, real) -> new ForwardingStorage(real) {
            @Override
            public Table openTable(TableSpec spec) {
                Table table = super.openTable(spec);
                return spec.name().startsWith("_") ? table : new LateLog(node.loop(), spec.join(), table);
            }
        });
    }

    /** An error of a sync is swallowed: the write counts as done. */
    static Seams syncErrorSwallowed() {
        return Wrapped.storage((node, real) -> ForwardingTable.data(real, SwallowedError::new));
    }

    /** A damaged place is answered for as if nothing had ever been there. */
    static Seams absentForDamaged() {
        return Wrapped.storage((node, real) -> ForwardingTable.data(real, AbsentForDamaged::new));
    }

    /** A replica puts what arrives in the place of what it has. */
    static Seams overwrites() {
        return Wrapped.storage((node, real) -> new ForwardingStorage(real) {
            @Override
            public Table openTable(TableSpec spec) {
                return super.openTable(new TableSpec(spec.name(), new Overwriting(spec.join())));
            }
        });
    }

    /** A disk that was replaced or restored goes under the identity of the one before. */
    static Seams identityKept() {
        Map<SimulatedNode, Long> stores = new HashMap<>();
        return Wrapped.storage((node, real) -> new ForwardingStorage(real) {
            @Override
            public StoreIdentity identity() {
                StoreIdentity now = super.identity();
                long first = stores.computeIfAbsent(node, ignored -> now.storeId());
                return new StoreIdentity(now.node(), first, now.origin(), now.generation());
            }
        });
    }

    private static final class EarlyAck extends ForwardingTable {

        private final EventLoop loop;

        EarlyAck(EventLoop loop, Table real) {
            super(real);
            this.loop = loop;
        }

        @Override
        public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
            boolean[] refused = new boolean[1];
            super.append(token, key, record, Completion.of(durability -> {}, cause -> {
                if (cause instanceof StorageFencedException) {
                    return;
                }
                refused[0] = true;
                completion.onFailure(cause);
            }));
            if (!refused[0]) {
                loop.execute(() -> completion.onResult(Durability.SYNCED));
            }
        }
    }

    private static final class SwallowedError extends ForwardingTable {

        SwallowedError(Table real) {
            super(real);
        }

        @Override
        public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
            super.append(token, key, record, Completion.of(completion::onResult, cause -> {
                if (cause instanceof StorageFencedException) {
                    completion.onResult(Durability.SYNCED);
                } else {
                    completion.onFailure(cause);
                }
            }));
        }
    }

    private static final class AbsentForDamaged extends ForwardingTable {

        AbsentForDamaged(Table real) {
            super(real);
        }

        @Override
        public void read(Token token, byte[] key, Completion<Optional<byte[]>> completion) {
            super.read(token, key, Completion.of(completion::onResult, cause -> {
                if (cause instanceof CorruptDataException) {
                    completion.onResult(Optional.empty());
                } else {
                    completion.onFailure(cause);
                }
            }));
        }
    }

    private record Overwriting(RecordJoin real) implements RecordJoin {

        @Override
        public byte[] join(byte[] left, byte[] right) {
            return right;
        }

        @Override
        public void verify(byte[] record) {
            real.verify(record);
        }
    }
}
