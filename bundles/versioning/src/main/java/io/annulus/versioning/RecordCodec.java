package io.annulus.versioning;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.Dot;
import io.annulus.api.version.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Records as bytes; the layout stands in the package's documentation. */
final class RecordCodec {

    private static final byte FORMAT = 1;
    private static final byte CAUSAL = 1;
    private static final byte REGISTER = 2;

    private static final int TIMESTAMP_AT = 2;
    private static final int VECTOR_SIZE_AT = 10;
    private static final int CLOUD_SIZE_AT = 14;
    private static final int SIBLINGS_AT = 18;
    private static final int CAUSAL_HEADER_BYTES = 22;
    private static final int SIBLING_BYTES = 36;
    private static final int REGISTER_HEADER_BYTES = 39;
    private static final int REGISTER_TIMESTAMP_AT = 3;

    private RecordCodec() {}

    /** Checks format and checksum of a record and tells its kind. */
    static RecordKind kindOf(byte[] record) {
        Function<String, RuntimeException> error = error(record);
        if (record.length < 2 + Bytes.CRC_BYTES) {
            throw error.apply("it is too short");
        }
        if (record[0] != FORMAT) {
            throw error.apply("it is of format " + record[0] + ", and this node knows format " + FORMAT);
        }
        if (!Bytes.isSealed(record)) {
            throw error.apply("its checksum is wrong");
        }
        return switch (record[1]) {
            case CAUSAL -> RecordKind.CAUSAL;
            case REGISTER -> RecordKind.LAST_WRITE_WINS;
            default -> throw error.apply("it is of the unknown kind " + record[1]);
        };
    }

    static byte[] encode(CausalRecord record) {
        CausalContext context = record.context();
        int valueBytes = 0;
        for (Cell cell : record.siblings()) {
            valueBytes = Math.addExact(valueBytes, cell.length());
        }
        int headers = CAUSAL_HEADER_BYTES
                + DotTable.sizeOf(context)
                + SIBLING_BYTES * record.siblings().size();
        byte[] bytes = new byte[Math.addExact(headers + Bytes.CRC_BYTES, valueBytes)];
        bytes[0] = FORMAT;
        bytes[1] = CAUSAL;
        Bytes.putLong(bytes, TIMESTAMP_AT, record.timestamp());
        Bytes.putInt(bytes, VECTOR_SIZE_AT, context.vector().size());
        Bytes.putInt(bytes, CLOUD_SIZE_AT, context.cloud().size());
        Bytes.putInt(bytes, SIBLINGS_AT, record.siblings().size());
        int at = DotTable.write(bytes, CAUSAL_HEADER_BYTES, context);
        int valueAt = headers;
        for (Cell cell : record.siblings()) {
            at = DotTable.writePair(bytes, at, cell.dot().origin(), cell.dot().sequence());
            at = DotTable.writePair(bytes, at, cell.timestamp(), cell.expiryMillis());
            Bytes.putInt(bytes, at, cell.length());
            at += Integer.BYTES;
            System.arraycopy(cell.source(), cell.offset(), bytes, valueAt, cell.length());
            valueAt += cell.length();
        }
        return Bytes.seal(bytes);
    }

    /** Opens a causal record whose {@link #kindOf} was checked. */
    static CausalRecord decodeCausal(byte[] record) {
        Function<String, RuntimeException> error = error(record);
        if (record.length < CAUSAL_HEADER_BYTES + Bytes.CRC_BYTES) {
            throw error.apply("it is too short");
        }
        int vectorSize = Bytes.getInt(record, VECTOR_SIZE_AT);
        int cloudSize = Bytes.getInt(record, CLOUD_SIZE_AT);
        int siblings = Bytes.getInt(record, SIBLINGS_AT);
        DotTable.checkCount("entries of a vector", vectorSize, error);
        DotTable.checkCount("dots of a cloud", cloudSize, error);
        DotTable.checkCount("siblings", siblings, error);
        int headersAt = CAUSAL_HEADER_BYTES + DotTable.PAIR_BYTES * (vectorSize + cloudSize);
        int valuesAt = headersAt + SIBLING_BYTES * siblings;
        if (valuesAt > record.length - Bytes.CRC_BYTES) {
            throw error.apply(
                    "it names " + vectorSize + " entries, " + cloudSize + " dots and " + siblings + " siblings");
        }
        int cloudAt = CAUSAL_HEADER_BYTES + DotTable.PAIR_BYTES * vectorSize;
        DotTable.checkPairs(record, CAUSAL_HEADER_BYTES, vectorSize, true, error);
        DotTable.checkPairs(record, cloudAt, cloudSize, false, error);
        CausalContext context = DotTable.read(record, CAUSAL_HEADER_BYTES, vectorSize, cloudSize);
        DotTable.checkNormal(context, cloudSize, error);
        List<Cell> cells = cells(record, headersAt, valuesAt, siblings, error);
        checkSeen(cells, context, error);
        return new CausalRecord(Bytes.getLong(record, TIMESTAMP_AT), context, cells);
    }

    private static List<Cell> cells(
            byte[] record, int headersAt, int valuesAt, int count, Function<String, RuntimeException> error) {
        List<Cell> cells = new ArrayList<>(count);
        int end = record.length - Bytes.CRC_BYTES;
        int valueAt = valuesAt;
        for (int i = 0; i < count; i++) {
            int at = headersAt + SIBLING_BYTES * i;
            int length = Bytes.getInt(record, at + 32);
            if (length < 0 || length > end - valueAt || Bytes.getLong(record, at + 8) < 1) {
                throw error.apply(
                        "sibling " + i + " has " + length + " bytes and sequence " + Bytes.getLong(record, at + 8));
            }
            Dot dot = DotTable.dotAt(record, at);
            long timestamp = Bytes.getLong(record, at + 16);
            cells.add(new Cell(dot, timestamp, Bytes.getLong(record, at + 24), record, valueAt, length));
            valueAt += length;
        }
        if (valueAt != end) {
            throw error.apply(end - valueAt + " bytes follow its last value");
        }
        return cells;
    }

    private static void checkSeen(List<Cell> cells, CausalContext context, Function<String, RuntimeException> error) {
        for (int i = 0; i < cells.size(); i++) {
            Dot dot = cells.get(i).dot();
            if (!context.contains(dot)) {
                throw error.apply("its context lacks its own sibling " + dot);
            }
            if (i > 0 && cells.get(i - 1).dot().compareTo(dot) >= 0) {
                throw error.apply("its siblings are out of order at " + dot);
            }
        }
    }

    static byte[] encode(Register register) {
        Cell cell = register.cell();
        byte[] bytes = new byte[Math.addExact(REGISTER_HEADER_BYTES + Bytes.CRC_BYTES, cell.length())];
        bytes[0] = FORMAT;
        bytes[1] = REGISTER;
        bytes[2] = (byte) (register.tombstone() ? 1 : 0);
        Bytes.putLong(bytes, REGISTER_TIMESTAMP_AT, cell.timestamp());
        DotTable.writePair(bytes, 11, cell.dot().origin(), cell.dot().sequence());
        Bytes.putLong(bytes, 27, cell.expiryMillis());
        Bytes.putInt(bytes, 35, cell.length());
        System.arraycopy(cell.source(), cell.offset(), bytes, REGISTER_HEADER_BYTES, cell.length());
        return Bytes.seal(bytes);
    }

    /** Whether it looks like a last-write-wins record; its checksum is not looked at. */
    static boolean isRegister(byte[] record) {
        return record.length >= REGISTER_HEADER_BYTES + Bytes.CRC_BYTES && record[0] == FORMAT && record[1] == REGISTER;
    }

    /** The timestamp, unsigned, of what looks like a last-write-wins record. */
    static long timestampOfRegister(byte[] record) {
        return Bytes.getLong(record, REGISTER_TIMESTAMP_AT);
    }

    /** Opens a last-write-wins record whose {@link #kindOf} was checked. */
    static Register decodeRegister(byte[] record) {
        Function<String, RuntimeException> error = error(record);
        if (record.length < REGISTER_HEADER_BYTES + Bytes.CRC_BYTES) {
            throw error.apply("it is too short");
        }
        int length = Bytes.getInt(record, 35);
        boolean tombstone = record[2] == 1;
        if (record[2] < 0 || record[2] > 1 || tombstone && length != 0) {
            throw error.apply("its mark " + record[2] + " does not go with a value of " + length + " bytes");
        }
        if (length != record.length - REGISTER_HEADER_BYTES - Bytes.CRC_BYTES || Bytes.getLong(record, 19) < 1) {
            throw error.apply("it has " + length + " bytes and sequence " + Bytes.getLong(record, 19));
        }
        Cell cell = new Cell(
                DotTable.dotAt(record, 11),
                Bytes.getLong(record, REGISTER_TIMESTAMP_AT),
                Bytes.getLong(record, 27),
                record,
                REGISTER_HEADER_BYTES,
                length);
        return new Register(cell, tombstone);
    }

    private static Function<String, RuntimeException> error(byte[] record) {
        return what -> new CorruptRecordException(
                "record of " + record.length + " bytes is damaged or of a newer release: " + what);
    }
}
