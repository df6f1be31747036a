package io.annulus.storage;

import io.annulus.api.runtime.EventLoop;
import io.annulus.storage.file.Directory;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.sstable.BlockCodec;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What an engine is made of.
 *
 * @param root the data directory
 * @param log its commit log
 * @param codec packs blocks
 * @param loop where calls come from and completions go to
 * @param threads where the work that blocks runs
 * @param config its bounds
 * @param events told what an operator should know
 * @param wallMillis the wall clock, milliseconds since 1970, for the expiry of records; any thread
 */
public record EngineParts(
        Directory root,
        CommitLog log,
        BlockCodec codec,
        EventLoop loop,
        EngineThreads threads,
        EngineConfig config,
        EngineEvents events,
        LongSupplier wallMillis) {

    /** Folder of the value files. */
    static final String VALUES = "values";

    /** Folder of the values of the node itself. */
    static final String SYSTEM = "system";

    public EngineParts {
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(threads, "threads");
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(wallMillis, "wallMillis");
    }

    /** Where the sorted tables are. */
    Directory sstables() {
        return root.sub("sstables");
    }

    /** Where the value files are. */
    Directory values() {
        return root.sub(VALUES);
    }

    /** Where the values of the node itself are. */
    Directory system() {
        return root.sub(SYSTEM);
    }
}
