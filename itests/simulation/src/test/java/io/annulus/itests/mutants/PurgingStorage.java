package io.annulus.itests.mutants;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.Versioning;
import io.annulus.testkit.wiring.Seams;

/**
 * An engine that purges tombstones a little while after they were written, whoever has not seen them yet. Its tables go under
 * a name of the store's own, since only from those a record can be removed.
 */
final class PurgingStorage extends ForwardingStorage {

    private static final long GRACE_NANOS = 200_000_000L;

    private final EventLoop loop;

    private PurgingStorage(EventLoop loop, StorageEngine real) {
        super(real);
        this.loop = loop;
    }

    static Seams seams() {
        return Wrapped.storage((node, real) -> new PurgingStorage(node.loop(), real));
    }

    @Override
    public Table openTable(TableSpec spec) {
        if (spec.name().startsWith("_")) {
            return super.openTable(spec);
        }
        Table table = super.openTable(new TableSpec("_" + spec.name(), spec.join()));
        return new PurgingTable(loop, (Versioning) spec.join(), table);
    }

    private static final class PurgingTable extends ForwardingTable {

        private final EventLoop loop;
        private final Versioning versioning;

        PurgingTable(EventLoop loop, Versioning versioning, Table real) {
            super(real);
            this.loop = loop;
            this.versioning = versioning;
        }

        @Override
        public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
            super.append(token, key, record, completion);
            loop.schedule(GRACE_NANOS, () -> purge(token, key));
        }

        private void purge(Token token, byte[] key) {
            read(
                    token,
                    key,
                    Completion.of(
                            found -> {
                                if (found.isPresent()
                                        && versioning
                                                .view(found.get())
                                                .siblings()
                                                .isEmpty()) {
                                    remove(token, key, Completion.of(durability -> {}, failure -> {}));
                                }
                            },
                            failure -> {}));
        }
    }
}
