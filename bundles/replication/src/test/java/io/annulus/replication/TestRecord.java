package io.annulus.replication;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.Dot;
import io.annulus.api.version.RecordKind;
import io.annulus.api.version.Versioned;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** A record of {@link TestVersioning}, open: a vector, single dots above it, and live versions. Mutable. */
final class TestRecord {

    final RecordKind kind;
    long timestamp;
    final NavigableMap<Long, Long> vector = new TreeMap<>();
    final NavigableSet<Dot> cloud = new TreeSet<>();
    final NavigableMap<Dot, Versioned> live = new TreeMap<>();

    TestRecord(RecordKind kind) {
        this.kind = kind;
    }

    boolean hasSeen(Dot dot) {
        return vector.getOrDefault(dot.origin(), 0L) >= dot.sequence() || cloud.contains(dot);
    }

    /** Claims every dot of an origin up to a sequence. */
    void raise(long origin, long sequence) {
        vector.merge(origin, sequence, Math::max);
    }

    void see(TestRecord other) {
        other.vector.forEach(this::raise);
        cloud.addAll(other.cloud);
        normalise();
    }

    /** One form for one set: dots that follow the vector raise it, dots below it go. */
    void normalise() {
        for (Dot dot : new TreeSet<>(cloud)) {
            if (dot.sequence() == vector.getOrDefault(dot.origin(), 0L) + 1) {
                raise(dot.origin(), dot.sequence());
            }
        }
        cloud.removeIf(dot -> vector.getOrDefault(dot.origin(), 0L) >= dot.sequence());
    }

    byte[] context() {
        return encode(false);
    }

    byte[] encode() {
        byte[] body = encode(true);
        return ByteBuffer.allocate(body.length + 4).put(body).putInt(crc(body)).array();
    }

    static TestRecord decode(byte[] record) {
        if (record.length < 5) {
            throw new CorruptRecordException("record of " + record.length + " bytes is too short");
        }
        byte[] body = Arrays.copyOf(record, record.length - 4);
        if (ByteBuffer.wrap(record).getInt(body.length) != crc(body)) {
            throw new CorruptRecordException("checksum of a record of " + record.length + " bytes does not match");
        }
        return read(body);
    }

    static TestRecord ofContext(byte[] context) {
        if (context.length == 0) {
            return new TestRecord(RecordKind.CAUSAL);
        }
        try {
            return read(context);
        } catch (UncheckedIOException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("context of " + context.length + " bytes is malformed", e);
        }
    }

    private byte[] encode(boolean whole) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind.ordinal());
            out.writeLong(whole ? timestamp : 0);
            out.writeInt(vector.size());
            for (Map.Entry<Long, Long> entry : vector.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeLong(entry.getValue());
            }
            out.writeInt(cloud.size());
            for (Dot dot : cloud) {
                out.writeLong(dot.origin());
                out.writeLong(dot.sequence());
            }
            out.writeInt(whole ? live.size() : 0);
            for (Versioned version : whole ? live.values() : new TreeMap<Dot, Versioned>().values()) {
                out.writeLong(version.dot().origin());
                out.writeLong(version.dot().sequence());
                out.writeLong(version.timestamp());
                out.writeLong(version.expiryMillis());
                out.writeInt(version.value().length);
                out.write(version.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static TestRecord read(byte[] body) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
            TestRecord record = new TestRecord(RecordKind.values()[in.readByte()]);
            record.timestamp = in.readLong();
            for (int n = in.readInt(); n > 0; n--) {
                record.vector.put(in.readLong(), in.readLong());
            }
            for (int n = in.readInt(); n > 0; n--) {
                record.cloud.add(new Dot(in.readLong(), in.readLong()));
            }
            for (int n = in.readInt(); n > 0; n--) {
                Dot dot = new Dot(in.readLong(), in.readLong());
                record.live.put(dot, new Versioned(dot, in.readLong(), in.readLong(), in.readNBytes(in.readInt())));
            }
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int crc(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body, 0, body.length);
        return (int) crc.getValue();
    }
}
