package io.annulus.replication;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.Dot;
import io.annulus.api.version.RecordKind;
import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import io.annulus.api.version.Versioned;
import io.annulus.api.version.Versioning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Naive versions: whole sets, copied and compared. As in production, an owner's update claims all of its origin. */
final class TestVersioning implements Versioning {

    @Override
    public byte[] join(byte[] left, byte[] right) {
        TestRecord mine = TestRecord.decode(left);
        TestRecord theirs = TestRecord.decode(right);
        if (mine.kind != theirs.kind) {
            throw new CorruptRecordException("a record of kind " + mine.kind + " meets one of kind " + theirs.kind);
        }
        if (mine.kind == RecordKind.LAST_WRITE_WINS) {
            return isLater(mine, theirs) ? left : right;
        }
        TestRecord joined = new TestRecord(RecordKind.CAUSAL);
        mine.live.forEach((dot, version) -> keep(joined, theirs, version));
        theirs.live.forEach((dot, version) -> keep(joined, mine, version));
        joined.see(mine);
        joined.see(theirs);
        joined.timestamp = Math.max(mine.timestamp, theirs.timestamp);
        byte[] record = joined.encode();
        return Arrays.equals(record, left) ? left : Arrays.equals(record, right) ? right : record;
    }

    @Override
    public void verify(byte[] record) {
        TestRecord.decode(record);
    }

    @Override
    public byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value) {
        TestRecord record = local.map(TestRecord::decode).orElse(new TestRecord(RecordKind.CAUSAL));
        TestRecord seen = TestRecord.ofContext(context);
        record.live.keySet().removeIf(seen::hasSeen);
        record.see(seen);
        if (record.hasSeen(stamp.dot())) {
            throw new IllegalStateException("dot " + stamp.dot() + " is not fresh");
        }
        record.raise(stamp.dot().origin(), stamp.dot().sequence());
        return with(record, stamp, value);
    }

    @Override
    public byte[] delta(byte[] context, Stamp stamp, Optional<byte[]> value) {
        TestRecord record = TestRecord.ofContext(context);
        record.cloud.add(stamp.dot());
        return with(record, stamp, value);
    }

    @Override
    public byte[] register(Stamp stamp, Optional<byte[]> value) {
        TestRecord record = new TestRecord(RecordKind.LAST_WRITE_WINS);
        record.cloud.add(stamp.dot());
        return with(record, stamp, value);
    }

    @Override
    public RecordView view(byte[] record) {
        TestRecord open = TestRecord.decode(record);
        byte[] context = open.kind == RecordKind.CAUSAL ? open.context() : new byte[0];
        return new RecordView(open.kind, new ArrayList<>(open.live.values()), context, open.timestamp);
    }

    @Override
    public long digest(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 0, record.length);
        return crc.getValue() << 32 | Arrays.hashCode(record) & 0xffffffffL;
    }

    @Override
    public byte[] withoutExpired(byte[] record, long nowMillis) {
        TestRecord opened = TestRecord.decode(record);
        boolean some = opened.live
                .values()
                .removeIf(version -> version.expiryMillis() != 0 && version.expiryMillis() <= nowMillis);
        return some ? opened.encode() : record;
    }

    @Override
    public byte[] joinContexts(byte[] left, byte[] right) {
        TestRecord joined = TestRecord.ofContext(left);
        joined.see(TestRecord.ofContext(right));
        return joined.context();
    }

    @Override
    public void verifyContext(byte[] context) {
        TestRecord.ofContext(context);
    }

    private static byte[] with(TestRecord record, Stamp stamp, Optional<byte[]> value) {
        Dot dot = stamp.dot();
        value.ifPresent(
                bytes -> record.live.put(dot, new Versioned(dot, stamp.timestamp(), stamp.expiryMillis(), bytes)));
        record.timestamp = Math.max(record.timestamp, stamp.timestamp());
        record.normalise();
        return record.encode();
    }

    private static void keep(TestRecord joined, TestRecord other, Versioned version) {
        if (other.live.containsKey(version.dot()) || !other.hasSeen(version.dot())) {
            joined.live.put(version.dot(), version);
        }
    }

    /** A register's one dot stands at the end of its cloud or vector. */
    private static boolean isLater(TestRecord left, TestRecord right) {
        if (left.timestamp != right.timestamp) {
            return left.timestamp > right.timestamp;
        }
        return Arrays.compareUnsigned(left.context(), right.context()) >= 0;
    }
}
