package io.annulus.storage.disk;

import io.annulus.storage.log.LogSegment;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * One segment, a Chronicle queue. A batch is one excerpt. Chronicle syncs nothing that can be relied upon: after each batch
 * every file that it touched is synced here.
 */
final class ChronicleSegment implements LogSegment {

    private static final long BLOCK_BYTES = 64 << 20;

    /** For locks of a process that lives; there is none, since the directory is locked. */
    private static final long TIMEOUT_MILLIS = 500;

    private static final long NO_CYCLE = -1;

    private final Path directory;
    private final Syncer syncer;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Map<Path, FileChannel> channels = new TreeMap<>();
    private long cycle = NO_CYCLE;
    private boolean rolled;

    ChronicleSegment(Path directory, Syncer syncer) {
        this.directory = directory;
        this.syncer = syncer;
        this.queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(RollCycles.FAST_DAILY)
                .blockSize(BLOCK_BYTES)
                .syncMode(SyncMode.NONE)
                .timeoutMS(TIMEOUT_MILLIS)
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
        long now = appender.cycle();
        rolled |= now != cycle;
        cycle = now;
    }

    @Override
    public void sync() throws IOException {
        if (rolled) {
            openChannels();
        }
        for (FileChannel channel : channels.values()) {
            syncer.sync(channel);
        }
        if (rolled) {
            NioDirectory.syncDirectory(directory, syncer);
            closeAllButLast();
            rolled = false;
        }
    }

    @Override
    public void close() throws IOException {
        appender.close();
        queue.close();
        ChronicleRuntime.releaseMappings();
        for (FileChannel channel : channels.values()) {
            channel.close();
        }
        channels.clear();
    }

    private void openChannels() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file ->
                            ChronicleCommitLog.isQueueFile(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            if (!channels.containsKey(file)) {
                channels.put(file, FileChannel.open(file, StandardOpenOption.WRITE));
            }
        }
        if (channels.isEmpty()) {
            throw new IOException("no file of the queue in " + directory + " to sync");
        }
    }

    private void closeAllButLast() throws IOException {
        while (channels.size() > 1) {
            Path oldest = channels.keySet().iterator().next();
            channels.remove(oldest).close();
        }
    }
}
