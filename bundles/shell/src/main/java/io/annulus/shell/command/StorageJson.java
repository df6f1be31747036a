package io.annulus.shell.command;

import io.annulus.api.storage.Job;
import io.annulus.api.storage.QuarantinedRange;
import io.annulus.api.storage.Snapshot;
import io.annulus.api.storage.StorageFigures;
import io.annulus.api.storage.TableFigures;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fields of what a storage tells; sizes are bytes. Pure. */
final class StorageJson {

    private StorageJson() {}

    static Map<String, Object> fields(StorageFigures.Disk disk) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("live", disk.live());
        fields.put("obsolete", disk.obsolete());
        fields.put("log", disk.log());
        fields.put("snapshots", disk.snapshots());
        fields.put("usable", disk.usable());
        return fields;
    }

    static Map<String, Object> fields(StorageFigures.Memory memory) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("memtables", memory.memtables());
        fields.put("cache", memory.cache());
        fields.put("indexes", memory.indexes());
        return fields;
    }

    static Map<String, Object> fields(StorageFigures.Reads reads) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("lookups", reads.lookups());
        fields.put("passedOver", reads.passedOver());
        fields.put("asked", reads.asked());
        fields.put("falselyAsked", reads.falselyAsked());
        fields.put("cacheHits", reads.cacheHits());
        fields.put("blocksRead", reads.blocksRead());
        return fields;
    }

    static Map<String, Object> fields(TableFigures table) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", table.name());
        fields.put("sstables", table.sstables());
        fields.put("entries", table.entries());
        fields.put("liveBytes", table.liveBytes());
        fields.put("memtableBytes", table.memtableBytes());
        fields.put("indexBytes", table.indexBytes());
        fields.put("userBytes", table.userBytes());
        fields.put("flushedBytes", table.flushedBytes());
        fields.put("compactedBytes", table.compactedBytes());
        fields.put("writeAmplification", table.writeAmplification());
        fields.put("spaceAmplification", table.spaceAmplification());
        return fields;
    }

    static Map<String, Object> fields(Job job) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", job.number());
        fields.put("name", job.name());
        fields.put("state", job.state().name());
        fields.put("done", job.done());
        fields.put("total", job.total());
        fields.put("unit", job.unit());
        job.cause().ifPresent(cause -> fields.put("cause", String.valueOf(cause.getMessage())));
        return fields;
    }

    static Map<String, Object> fields(QuarantinedRange range) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("table", range.table());
        fields.put("from", range.from().toString());
        fields.put("to", range.to().toString());
        fields.put("file", range.file());
        fields.put("cause", range.cause());
        return fields;
    }

    static Map<String, Object> fields(Snapshot snapshot) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", snapshot.name());
        fields.put("files", snapshot.files());
        fields.put("bytes", snapshot.bytes());
        fields.put("heldBytes", snapshot.heldBytes());
        return fields;
    }
}
