package io.annulus.storage.manifest;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import io.annulus.storage.quarantine.QuarantineState;
import io.annulus.storage.sstable.SSTableInfo;
import io.annulus.storage.value.ValueUse;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All tables of a data directory. Immutable.
 *
 * @param nextFile number of the next sorted table
 * @param lastSequence no sequence up to here is given to a new record
 * @param lastSegment no number up to here is given to a new log segment
 * @param tables by number
 * @param quarantine what of them is damaged, and what was made good
 */
public record Manifest(
        long nextFile,
        long lastSequence,
        long lastSegment,
        SortedMap<Integer, TableManifest> tables,
        QuarantineState quarantine) {

    /** Name of the file. */
    public static final String FILE = "manifest";

    private static final int VERSION = 2;
    private static final Manifest EMPTY = new Manifest(1, 0, 0, new TreeMap<>(), QuarantineState.NONE);

    public Manifest {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** With some tables in place of their former selves. */
    public Manifest with(long file, long sequence, long segment, List<TableManifest> changed) {
        SortedMap<Integer, TableManifest> all = new TreeMap<>(tables);
        changed.forEach(table -> all.put(table.number(), table));
        return new Manifest(
                Math.max(nextFile, file),
                Math.max(lastSequence, sequence),
                Math.max(lastSegment, segment),
                all,
                quarantine);
    }

    /** With another state of what is damaged, as far as it is of files that still count. */
    public Manifest with(QuarantineState state) {
        QuarantineState counting = state.kept(
                found -> sstables(found.table()).stream().anyMatch(table -> table.number() == found.file()),
                healed -> sstables(healed.table()).stream()
                        .anyMatch(table -> table.lastSequence() <= healed.sequence()
                                && table.overlaps(
                                        healed.range().from(), healed.range().to())));
        return new Manifest(nextFile, lastSequence, lastSegment, tables, counting);
    }

    private List<SSTableInfo> sstables(int table) {
        return tables.containsKey(table) ? tables.get(table).sstables() : List.of();
    }

    /** A table; an empty one when it was not there. */
    public TableManifest table(int number, String name) {
        TableManifest table = tables.get(number);
        return table == null ? new TableManifest(number, name, 0, List.of()) : table;
    }

    /** What all sorted tables point to in value files. */
    public List<ValueUse> values() {
        return tables.values().stream()
                .flatMap(table -> table.sstables().stream())
                .flatMap(sstable -> sstable.values().stream())
                .toList();
    }

    /** Reads the manifest of a directory; an empty one when there is none. */
    public static Manifest read(Directory directory) throws IOException {
        Optional<byte[]> content = CheckedFile.read(directory, FILE);
        try {
            return content.map(Manifest::decode).orElse(EMPTY);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new CorruptDataException(
                    "file " + FILE + " in " + directory.path() + " passes its checksum and is no manifest: " + e, e);
        }
    }

    /** Replaces the manifest of a directory durably. */
    public void write(Directory directory) throws IOException {
        CheckedFile.replace(directory, FILE, encode());
    }

    private byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(VERSION);
        out.writeLong(nextFile);
        out.writeLong(lastSequence);
        out.writeLong(lastSegment);
        out.writeInt(tables.size());
        for (TableManifest table : tables.values()) {
            byte[] name = table.name().getBytes(StandardCharsets.UTF_8);
            out.writeInt(table.number());
            out.writeInt(name.length);
            out.write(name);
            out.writeLong(table.flushedSequence());
            out.writeInt(table.sstables().size());
            for (SSTableInfo sstable : table.sstables()) {
                write(sstable, out);
            }
        }
        quarantine.write(out);
        return bytes.toByteArray();
    }

    private static void write(SSTableInfo sstable, DataOutputStream out) throws IOException {
        out.writeLong(sstable.number());
        out.writeLong(sstable.sizeBytes());
        out.writeLong(sstable.entries());
        out.writeLong(sstable.removals());
        out.writeLong(sstable.first().high());
        out.writeLong(sstable.first().low());
        out.writeLong(sstable.last().high());
        out.writeLong(sstable.last().low());
        out.writeLong(sstable.firstSequence());
        out.writeLong(sstable.lastSequence());
        ByteBuffer values = ByteBuffer.allocate(ValueUse.sizeBytes(sstable.values()));
        ValueUse.write(sstable.values(), values);
        out.write(values.array());
    }

    private static Manifest decode(byte[] content) {
        ByteBuffer from = ByteBuffer.wrap(content);
        int version = from.getInt();
        if (version != VERSION) {
            throw new CorruptDataException("manifest has version " + version + ", this build reads version " + VERSION
                    + "; start the build that wrote it");
        }
        long nextFile = from.getLong();
        long lastSequence = from.getLong();
        long lastSegment = from.getLong();
        SortedMap<Integer, TableManifest> tables = new TreeMap<>();
        int count = from.getInt();
        for (int i = 0; i < count; i++) {
            TableManifest table = decodeTable(from);
            tables.put(table.number(), table);
        }
        QuarantineState quarantine = QuarantineState.read(from);
        if (from.hasRemaining()) {
            throw new IllegalArgumentException(from.remaining() + " bytes follow its end");
        }
        return new Manifest(nextFile, lastSequence, lastSegment, tables, quarantine);
    }

    private static TableManifest decodeTable(ByteBuffer from) {
        int number = from.getInt();
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException("a name of " + length + " bytes in " + from.remaining());
        }
        byte[] name = new byte[length];
        from.get(name);
        long flushedSequence = from.getLong();
        int count = from.getInt();
        List<SSTableInfo> sstables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sstables.add(decodeSSTable(number, from));
        }
        return new TableManifest(number, new String(name, StandardCharsets.UTF_8), flushedSequence, sstables);
    }

    private static SSTableInfo decodeSSTable(int table, ByteBuffer from) {
        long number = from.getLong();
        long size = from.getLong();
        long entries = from.getLong();
        long removals = from.getLong();
        Token first = new Token(from.getLong(), from.getLong());
        Token last = new Token(from.getLong(), from.getLong());
        long firstSequence = from.getLong();
        long lastSequence = from.getLong();
        return new SSTableInfo(
                number, table, size, entries, removals, first, last, firstSequence, lastSequence, ValueUse.read(from));
    }
}
