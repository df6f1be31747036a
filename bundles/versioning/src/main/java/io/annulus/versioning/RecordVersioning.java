package io.annulus.versioning;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.Dot;
import io.annulus.api.version.RecordKind;
import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import io.annulus.api.version.Versioned;
import io.annulus.api.version.Versioning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Records of dotted version vector sets and of last-write-wins registers. Stateless; any thread. */
public final class RecordVersioning implements Versioning {

    /**
     * Most entries and dots in the context of a record that is written here. It is half of what a record may hold, so that
     * the join of any two contexts that were written at one time still fits.
     */
    static final int MAX_WRITTEN = DotTable.MAX_ENTRIES / 2;

    private static final byte[] NOTHING = new byte[0];

    @Override
    public byte[] join(byte[] left, byte[] right) {
        RecordKind kind = RecordCodec.kindOf(left);
        RecordKind other = RecordCodec.kindOf(right);
        if (kind != other) {
            throw mixed(kind, other);
        }
        return switch (kind) {
            case CAUSAL -> joinCausal(left, right);
            case LAST_WRITE_WINS -> joinRegisters(left, right);
        };
    }

    @Override
    public void verify(byte[] record) {
        switch (RecordCodec.kindOf(record)) {
            case CAUSAL -> RecordCodec.decodeCausal(record);
            case LAST_WRITE_WINS -> RecordCodec.decodeRegister(record);
        }
    }

    /** {@inheritDoc} Of last-write-wins records the timestamp; causal records have none. */
    @Override
    public long rank(byte[] record) {
        return RecordCodec.isRegister(record) ? RecordCodec.timestampOfRegister(record) ^ Long.MIN_VALUE : NO_RANK;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The context's vector entry of the stamp's origin is raised to the stamp's sequence, since {@code local} names every
     * earlier version of that origin; that keeps contexts at one entry an owner. The caller must therefore take the dot
     * after it has read {@code local}, and write one key of one origin after the other.
     *
     * @throws IllegalStateException when {@code local} has seen the stamp's dot or a later one of its origin
     */
    @Override
    public byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value) {
        CausalContext seen = clientContext(context, stamp.dot());
        CausalRecord before = local.map(RecordVersioning::openCausal).orElse(CausalRecord.EMPTY);
        Dot dot = stamp.dot();
        long latest = before.context().greatest(dot.origin());
        if (latest >= dot.sequence()) {
            throw new IllegalStateException("dot " + dot + " is not fresh: the local record has seen sequence " + latest
                    + " of its origin; take the dot after reading the record");
        }
        List<Cell> siblings = new ArrayList<>(before.siblings().size() + 1);
        for (Cell cell : before.siblings()) {
            if (!seen.contains(cell.dot())) {
                siblings.add(cell);
            }
        }
        value.ifPresent(bytes -> siblings.add(cell(stamp, bytes)));
        siblings.sort((left, right) -> left.dot().compareTo(right.dot()));
        CausalContext united = before.context().join(seen).raised(dot.origin(), dot.sequence());
        checkSize(united);
        long timestamp = Long.compareUnsigned(before.timestamp(), stamp.timestamp()) >= 0
                ? before.timestamp()
                : stamp.timestamp();
        return RecordCodec.encode(new CausalRecord(timestamp, united, siblings));
    }

    @Override
    public byte[] delta(byte[] context, Stamp stamp, Optional<byte[]> value) {
        CausalContext seen = clientContext(context, stamp.dot()).with(stamp.dot());
        checkSize(seen);
        List<Cell> siblings = value.map(bytes -> List.of(cell(stamp, bytes))).orElse(List.of());
        return RecordCodec.encode(new CausalRecord(stamp.timestamp(), seen, siblings));
    }

    @Override
    public byte[] register(Stamp stamp, Optional<byte[]> value) {
        return RecordCodec.encode(new Register(cell(stamp, value.orElse(NOTHING)), value.isEmpty()));
    }

    @Override
    public RecordView view(byte[] record) {
        return switch (RecordCodec.kindOf(record)) {
            case CAUSAL -> viewCausal(RecordCodec.decodeCausal(record));
            case LAST_WRITE_WINS -> viewRegister(RecordCodec.decodeRegister(record));
        };
    }

    @Override
    public byte[] withoutExpired(byte[] record, long nowMillis) {
        return switch (RecordCodec.kindOf(record)) {
            case CAUSAL -> {
                CausalRecord opened = RecordCodec.decodeCausal(record);
                List<Cell> alive = opened.siblings().stream()
                        .filter(cell -> !cell.isExpired(nowMillis))
                        .toList();
                yield alive.size() == opened.siblings().size()
                        ? record
                        : RecordCodec.encode(new CausalRecord(opened.timestamp(), opened.context(), alive));
            }
            case LAST_WRITE_WINS -> {
                Register opened = RecordCodec.decodeRegister(record);
                yield opened.tombstone() || !opened.cell().isExpired(nowMillis)
                        ? record
                        : RecordCodec.encode(new Register(opened.cell().withoutValue(), true));
            }
        };
    }

    @Override
    public long digest(byte[] record) {
        return Bytes.digest(record);
    }

    @Override
    public byte[] joinContexts(byte[] left, byte[] right) {
        return ContextCodec.encode(ContextCodec.decode(left).join(ContextCodec.decode(right)));
    }

    @Override
    public void verifyContext(byte[] context) {
        ContextCodec.decode(context);
    }

    private static byte[] joinCausal(byte[] left, byte[] right) {
        if (Arrays.equals(left, right)) {
            return left;
        }
        CausalRecord mine = RecordCodec.decodeCausal(left);
        CausalRecord theirs = RecordCodec.decodeCausal(right);
        CausalRecord joined = mine.join(theirs);
        if (joined.sameContentAs(mine)) {
            return left;
        }
        return joined.sameContentAs(theirs) ? right : RecordCodec.encode(joined);
    }

    private static byte[] joinRegisters(byte[] left, byte[] right) {
        int order = RecordCodec.decodeRegister(left).compareTo(RecordCodec.decodeRegister(right));
        if (order == 0) {
            // One dot and two contents would be a dot issued twice; the choice is at least the same everywhere.
            order = Arrays.compareUnsigned(left, right);
        }
        return order >= 0 ? left : right;
    }

    private static CausalContext clientContext(byte[] context, Dot fresh) {
        CausalContext seen = ContextCodec.decode(context);
        long greatest = seen.greatest(fresh.origin());
        if (greatest >= fresh.sequence()) {
            throw new IllegalArgumentException("context is fabricated: it names sequence " + greatest + " of origin "
                    + Long.toHexString(fresh.origin()) + ", which has only now issued " + fresh.sequence()
                    + "; pass it on as an answer gave it");
        }
        return seen;
    }

    private static void checkSize(CausalContext context) {
        if (context.size() > MAX_WRITTEN) {
            throw new IllegalArgumentException("the key has seen " + context.size() + " single versions, above "
                    + MAX_WRITTEN + "; use another key");
        }
    }

    private static CausalRecord openCausal(byte[] record) {
        RecordKind kind = RecordCodec.kindOf(record);
        if (kind != RecordKind.CAUSAL) {
            throw mixed(kind, RecordKind.CAUSAL);
        }
        return RecordCodec.decodeCausal(record);
    }

    private static CorruptRecordException mixed(RecordKind left, RecordKind right) {
        return new CorruptRecordException("a record of kind " + left + " meets one of kind " + right
                + " under one key; was the keyspace's mode changed?");
    }

    private static Cell cell(Stamp stamp, byte[] value) {
        return new Cell(stamp.dot(), stamp.timestamp(), stamp.expiryMillis(), value, 0, value.length);
    }

    private static RecordView viewCausal(CausalRecord record) {
        List<Versioned> siblings =
                record.siblings().stream().map(Cell::toVersioned).toList();
        return new RecordView(RecordKind.CAUSAL, siblings, ContextCodec.encode(record.context()), record.timestamp());
    }

    private static RecordView viewRegister(Register register) {
        List<Versioned> values =
                register.tombstone() ? List.of() : List.of(register.cell().toVersioned());
        return new RecordView(
                RecordKind.LAST_WRITE_WINS, values, NOTHING, register.cell().timestamp());
    }
}
