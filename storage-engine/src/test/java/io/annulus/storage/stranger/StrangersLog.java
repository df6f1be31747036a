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
            for (int at = 0; at + 53 <= bytes.limit(); ) {
                int length = bytes.getInt(at) == 0x414e4c32 ? bytes.getInt(at + 4) : 0;
                if (length < 53 || length > bytes.limit() - at || !isIntact(bytes.slice(at, length), number)) {
                    at++;
                    continue;
                }
                readFrame(bytes.slice(at, length), tables);
                at += length;
            }
        }
    }

    private boolean isIntact(ByteBuffer frame, long segment) {
        ByteBuffer bound =
                ByteBuffer.allocate(16).putLong(logId).putLong(segment).flip();
        return Bytes.crc(bound, frame.slice(0, 8), frame.slice(12, frame.limit() - 12)) == frame.getInt(8);
    }

    private void readFrame(ByteBuffer frame, Map<Integer, String> tables) throws IOException {
        long sequence = frame.getLong(12);
        int kind = frame.get(28);
        int table = frame.getInt(29);
        byte[] token = Bytes.take(frame.position(33), 16);
        byte[] key = Bytes.take(frame, frame.getInt());
        byte[] record = Bytes.take(frame, frame.remaining());
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
