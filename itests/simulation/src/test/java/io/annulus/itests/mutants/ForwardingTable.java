package io.annulus.itests.mutants;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A table that passes everything on; bugs override what they change. */
abstract class ForwardingTable implements Table {

    final Table real;

    ForwardingTable(Table real) {
        this.real = real;
    }

    /** An engine whose tables of replicated data are wrapped. */
    static StorageEngine data(StorageEngine engine, UnaryOperator<Table> wrap) {
        return engine(engine, false, wrap);
    }

    /** An engine whose table of hints is wrapped. */
    static StorageEngine hints(StorageEngine engine, UnaryOperator<Table> wrap) {
        return engine(engine, true, wrap);
    }

    private static StorageEngine engine(StorageEngine engine, boolean own, UnaryOperator<Table> wrap) {
        return new ForwardingStorage(engine) {
            @Override
            public Table openTable(TableSpec spec) {
                Table table = super.openTable(spec);
                return spec.name().startsWith("_") == own ? wrap.apply(table) : table;
            }
        };
    }

    @Override
    public final String name() {
        return real.name();
    }

    @Override
    public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
        real.append(token, key, record, completion);
    }

    @Override
    public void read(Token token, byte[] key, Completion<Optional<byte[]>> completion) {
        real.read(token, key, completion);
    }

    @Override
    public void scan(Token from, Token to, Optional<byte[]> afterKey, int limit, Completion<List<Entry>> completion) {
        real.scan(from, to, afterKey, limit, completion);
    }

    @Override
    public void remove(Token token, byte[] key, Completion<Durability> completion) {
        real.remove(token, key, completion);
    }
}
