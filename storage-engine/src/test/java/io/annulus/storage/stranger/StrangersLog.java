package io.annulus.storage.stranger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder "log". */
final class StrangersLog {

    /**
     * A record or removal.
     *
     * @param table name of the table
     */
    record Logged(long sequence, String table, Row row) {}

    /** Of the shortest frame: magic, checksum, kind, and six numbers. */
    private static final int LEAST_BYTES = 15;

    private final long logId;
    private final StrangersValues values;
    private final List<Logged> logged = new ArrayList<>();

    private StrangersLog(long logId, StrangersValues values) {
        this.logId = logId;
        this.values = values;
    }

    /** All that it holds, oldest first. */
    static List<Logged> read(Path directory) throws IOException {
        StrangersLog log = new StrangersLog(logId(directory), new StrangersValues(directory));
        try (Stream<Path> segments = Files.list(directory.resolve("log"))) {
            for (Path segment : segments.sorted().toList()) {
                log.readSegment(segment);
            }
        }
        return log.logged;
    }

    private static long logId(Path directory) throws IOException {
        ByteBuffer identity = Bytes.content(directory.resolve("identity"));
        Bytes.require(identity.getInt() == 2, "version of the directory");
        Bytes.text(identity);
        // Store id, origin, generation.
        Bytes.take(identity, 3 * Long.BYTES);
        return identity.getLong();
    }

    private void readSegment(Path segment) throws IOException {
        Map<Integer, String> tables = new HashMap<>();
        try (Stream<Path> files = Files.list(segment)) {
            Path file = files.filter(path -> path.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            long number = Long.parseLong(segment.getFileName().toString());
            for (int at = 0; at + LEAST_BYTES <= bytes.limit(); ) {
                long length = bytes.getInt(at) == 0x414e4c33 ? length(bytes.duplicate(), at) : 0;
                if (length == 0 || length > bytes.limit() - at || !isIntact(bytes.slice(at, (int) length), number)) {
                    at++;
                    continue;
                }
                readFrame(bytes.slice(at, (int) length), tables);
                at += (int) length;
            }
        }
    }

    private boolean isIntact(ByteBuffer frame, long segment) {
        ByteBuffer bound =
                ByteBuffer.allocate(16).putLong(logId).putLong(segment).flip();
        return Bytes.crc(bound, frame.slice(8, frame.limit() - 8)) == frame.getInt(4);
    }

    /** Of the frame that begins at a place; 0 when its head is none. */
    private static long length(ByteBuffer bytes, int at) {
        boolean hasToken = bytes.position(at + 8).get() < 0;
        // Sequence, place, distance, table.
        for (int number = 0; number < 4; number++) {
            Bytes.number(bytes);
        }
        long key = Bytes.number(bytes);
        long record = Bytes.number(bytes);
        boolean isHead = key >= 0 && record >= 0 && Math.max(key, record) <= bytes.limit();
        return isHead ? bytes.position() - at + (hasToken ? 16 : 0) + key + record : 0;
    }

    private void readFrame(ByteBuffer frame, Map<Integer, String> tables) throws IOException {
        int kindByte = frame.position(8).get();
        int kind = kindByte & 127;
        long sequence = Bytes.number(frame);
        // Place and distance.
        Bytes.number(frame);
        Bytes.number(frame);
        int table = (int) Bytes.number(frame);
        int keyBytes = (int) Bytes.number(frame);
        int recordBytes = (int) Bytes.number(frame);
        byte[] given = Bytes.take(frame, kindByte < 0 ? 16 : 0);
        byte[] key = Bytes.take(frame, keyBytes);
        byte[] record = Bytes.take(frame, recordBytes);
        byte[] token = kindByte < 0 ? given : StrangersHash.of(key);
        switch (kind) {
            case 0 -> tables.put(table, new String(key, StandardCharsets.UTF_8));
            case 1, 2 -> {
                Bytes.require(tables.containsKey(table), "the definition of a table");
                logged.add(new Logged(sequence, tables.get(table), Row.of(token, kind == 1 ? 0 : 2, key, record)));
            }
            case 5 -> {
                ByteBuffer pointer = ByteBuffer.wrap(record);
                // Of a frame that is in a sorted table already, the value may have been collected.
                if (values.has(pointer)) {
                    byte[] value = values.read(token, key, pointer);
                    logged.add(new Logged(sequence, tables.get(table), Row.of(token, 0, key, value)));
                }
            }
            default -> Bytes.require(kind == 3 || kind == 4, "kind of a frame");
        }
    }
}
