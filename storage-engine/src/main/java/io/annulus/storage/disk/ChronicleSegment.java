package io.annulus.storage.disk;

import io.annulus.storage.log.LogSegment;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * One segment, a Chronicle queue. A batch is one excerpt. Chronicle syncs nothing that can be relied upon: after each batch
 * its file is synced here. There is one file, since the clock of the queue stands still: Chronicle names files by the time,
 * and after a clock was set back it would write behind an older name, which is neither what is synced nor where replay looks.
 */
final class ChronicleSegment implements LogSegment {

    private static final long BLOCK_BYTES = 64 << 20;

    /** For locks of a process that lives; there is none, since the directory is locked. */
    private static final long TIMEOUT_MILLIS = 500;

    private final Path directory;
    private final Syncer syncer;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private Optional<FileChannel> channel = Optional.empty();

    ChronicleSegment(Path directory, Syncer syncer, LongSupplier clock) {
        this.directory = directory;
        this.syncer = syncer;
        long begun = clock.getAsLong();
        this.queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(RollCycles.FAST_DAILY)
                .blockSize(BLOCK_BYTES)
                .syncMode(SyncMode.NONE)
                .timeoutMS(TIMEOUT_MILLIS)
                .timeProvider(() -> begun)
                .build();
        this.appender = queue.createAppender();
    }

    @Override
    public void append(byte[] batch, int length) throws IOException {
        try (DocumentContext excerpt = appender.writingDocument()) {
            try {
                excerpt.wire().bytes().write(batch, 0, length);
            } catch (RuntimeException e) {
                excerpt.rollbackOnClose();
                throw new IOException("cannot append " + length + " bytes to " + directory, e);
            }
        }
    }

    @Override
    public void sync() throws IOException {
        if (channel.isPresent()) {
            syncer.sync(channel.get());
            return;
        }
        channel = Optional.of(FileChannel.open(onlyFile(), StandardOpenOption.WRITE));
        syncer.sync(channel.get());
        NioDirectory.syncDirectory(directory, syncer);
    }

    @Override
    public void close() throws IOException {
        appender.close();
        queue.close();
        ChronicleRuntime.releaseMappings();
        if (channel.isPresent()) {
            channel.get().close();
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> files = all.filter(file -> file.getFileName().toString().endsWith(ChronicleSegments.SUFFIX))
                    .toList();
            if (files.size() != 1) {
                throw new IOException("the queue in " + directory + " has " + files.size() + " files instead of one");
            }
            return files.get(0);
        }
    }
}
