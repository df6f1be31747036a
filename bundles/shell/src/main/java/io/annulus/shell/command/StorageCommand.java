package io.annulus.shell.command;

import io.annulus.api.storage.Job;
import io.annulus.api.storage.QuarantinedRange;
import io.annulus.api.storage.Snapshot;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StorageFigures;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.TableFigures;
import io.annulus.shell.Json;
import io.annulus.shell.Node;
import io.annulus.shell.Spans;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code kv:storage}. */
@Service
@Command(
        scope = "kv",
        name = "storage",
        description =
                "Shows what this node stores and what that costs, its long jobs, and damage that waits to be healed.")
public final class StorageCommand extends ListAction {

    @Option(name = "--jobs", description = "Show jobs that have ended too.")
    boolean allJobs;

    @Override
    protected void run(Node node, PrintStream out) throws Exception {
        StorageEngine storage = node.storage();
        StorageFigures figures = storage.figures();
        List<Job> jobs = storage.jobs().stream()
                .filter(job -> allJobs || !job.state().isEnd())
                .toList();
        List<QuarantinedRange> damage = storage.integrity().quarantined();
        if (json) {
            out.println(Json.of(fields(storage, figures, jobs, damage)));
            return;
        }
        if (!noFormat) {
            print(out, storage.status(), figures);
        }
        Tables.print(
                out,
                !noFormat,
                List.of(
                        "Table",
                        "SSTables",
                        "Entries",
                        "Live",
                        "Memtables",
                        "Indexes",
                        "Written",
                        "Flushed",
                        "Merged",
                        "Space"),
                figures.tables().stream().map(StorageCommand::row).toList());
        if (!jobs.isEmpty()) {
            Tables.print(
                    out,
                    !noFormat,
                    List.of("Job", "State", "Done", "Of", "Unit", "Cause"),
                    jobs.stream().map(StorageCommand::row).toList());
        }
        if (!damage.isEmpty()) {
            Tables.print(
                    out,
                    !noFormat,
                    List.of("Damaged table", "From", "To", "File", "Cause"),
                    damage.stream().map(StorageCommand::row).toList());
        }
    }

    private static void print(PrintStream out, StorageStatus status, StorageFigures figures) {
        StorageFigures.Disk disk = figures.disk();
        StorageFigures.Memory memory = figures.memory();
        StorageFigures.Reads reads = figures.reads();
        out.println("storage  " + word(status.state()) + (status.cause().isEmpty() ? "" : ": " + status.cause()));
        out.println("disk     " + Spans.size(disk.live()) + " in SSTables, " + Spans.size(disk.log()) + " of log, "
                + Spans.size(disk.obsolete()) + " waiting to be deleted, " + Spans.size(disk.snapshots())
                + " held by snapshots alone; " + Spans.size(disk.usable()) + " free");
        out.println("memory   " + Spans.size(memory.memtables()) + " in memtables, " + Spans.size(memory.cache())
                + " in the block cache, " + Spans.size(memory.indexes()) + " in indexes and filters");
        out.println("writes   " + Spans.size(figures.loggedBytes()) + " logged, "
                + decimal(figures.writeAmplification()) + " bytes to the disk for each that was written");
        out.println("reads    " + reads.lookups() + " lookups in SSTables, " + decimal(reads.amplification())
                + " blocks read for each; " + reads.asked() + " SSTables asked, " + reads.falselyAsked()
                + " of them in vain, "
                + reads.passedOver() + " passed over");
    }

    private static List<?> row(TableFigures table) {
        return List.of(
                table.name(),
                table.sstables(),
                table.entries(),
                Spans.size(table.liveBytes()),
                Spans.size(table.memtableBytes()),
                Spans.size(table.indexBytes()),
                Spans.size(table.userBytes()),
                Spans.size(table.flushedBytes()),
                Spans.size(table.compactedBytes()),
                decimal(table.spaceAmplification()));
    }

    private static List<?> row(Job job) {
        return List.of(
                job.name(),
                word(job.state()),
                job.done(),
                job.total() == 0 ? "-" : String.valueOf(job.total()),
                job.unit(),
                job.cause().map(Throwable::getMessage).orElse(""));
    }

    private static List<?> row(QuarantinedRange range) {
        return List.of(range.table(), range.from(), range.to(), range.file(), range.cause());
    }

    private static Map<String, Object> fields(
            StorageEngine storage, StorageFigures figures, List<Job> jobs, List<QuarantinedRange> damage) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", storage.status().state().name());
        fields.put("cause", storage.status().cause());
        fields.put("disk", StorageJson.fields(figures.disk()));
        fields.put("memory", StorageJson.fields(figures.memory()));
        fields.put("loggedBytes", figures.loggedBytes());
        fields.put("writeAmplification", figures.writeAmplification());
        fields.put("reads", StorageJson.fields(figures.reads()));
        fields.put("tables", figures.tables().stream().map(StorageJson::fields).toList());
        fields.put("jobs", jobs.stream().map(StorageJson::fields).toList());
        fields.put("damaged", damage.stream().map(StorageJson::fields).toList());
        fields.put(
                "snapshots",
                storage.snapshots().list().stream().map(Snapshot::name).toList());
        return fields;
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
