package io.annulus.storage.disk;

import io.annulus.storage.log.LogSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * One segment, a Chronicle queue. An excerpt stays open and takes batch after batch until it is full: what Chronicle does for
 * each excerpt (its length, the end of the queue in the first page of the file, its index) would be another page to write at
 * each sync. Chronicle syncs nothing that can be relied upon: its file is synced here. There is one file, since the clock of
 * the queue stands still: Chronicle names files by the time, and after a clock was set back it would write behind an older
 * name, which is neither what is synced nor where replay looks.
 *
 * <p>A sync of bytes that are new to the file waits for the file system's journal. So zeros are written ahead of small batches,
 * beside the mapping, in whole pages that nothing was written to yet: one sync in many waits. What is to be synced is written
 * beside the mapping too, into the place that the excerpt has for it: the system keeps the file in pieces of up to some hundred KiB, and a
 * store through the mapping makes all of such a piece dirty, to be written again by each sync.
 */
final class ChronicleSegment implements LogSegment {

    private static final long BLOCK_BYTES = 64 << 20;

    /** For locks of a process that lives; there is none, since the directory is locked. */
    private static final long TIMEOUT_MILLIS = 500;

    /** Larger batches would write much twice to wait less for the journal. */
    private static final int SMALL_BATCH_BYTES = 4 << 10;

    private static final int PAGE_BYTES = 4 << 10;
    private static final int ZEROS_BYTES = 256 << 10;
    private static final ByteBuffer ZERO_PAGE =
            ByteBuffer.allocateDirect(PAGE_BYTES).asReadOnlyBuffer();

    private final Path directory;
    private final Syncer syncer;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final FileChannel channel;

    /** Set by the log thread, read by it and by who appends: the file never gets shorter. */
    private volatile long greatestSize;

    // Of who appends.
    private DocumentContext excerpt;
    private Bytes<?> bytes;
    private long excerptStart;
    private long zeroedUpTo;

    // Of the log thread.
    /** The folder, until the name of the file in it is synced: opened early, so that a lack of descriptors is told early. */
    private Optional<FileChannel> unnamed = Optional.empty();

    ChronicleSegment(Path directory, Syncer syncer, LongSupplier clock) throws IOException {
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
        try {
            this.appender = queue.createAppender();
            // One thread at a time, each after the one before.
            appender.singleThreadedCheckDisabled(true);
            beginExcerpt();
            this.unnamed = Optional.of(FileChannel.open(directory, StandardOpenOption.READ));
            this.channel = FileChannel.open(onlyFile(), StandardOpenOption.WRITE);
            this.greatestSize = channel.size();
        } catch (IOException | RuntimeException e) {
            giveUp(e);
            throw e;
        }
    }

    @Override
    public void append(byte[] batch, int length) throws IOException {
        try {
            makeRoom(length);
            bytes.write(batch, 0, length);
        } catch (RuntimeException e) {
            throw new IOException("cannot append " + length + " bytes to " + directory, e);
        }
    }

    @Override
    public void appendToSync(byte[] batch, int length) throws IOException {
        try {
            makeRoom(length);
            long position = bytes.writePosition();
            writeZerosAhead(position, length);
            write(ByteBuffer.wrap(batch, 0, length), position);
            bytes.writePosition(position + length);
        } catch (RuntimeException e) {
            throw new IOException("cannot append " + length + " bytes to " + directory, e);
        }
    }

    private void makeRoom(int length) throws IOException {
        if (bytes.writePosition() + length > excerptStart + ChronicleSegments.MAX_BATCH_BYTES) {
            requireUncut();
            excerpt.close();
            beginExcerpt();
        }
    }

    private void writeZerosAhead(long position, int length) throws IOException {
        if (length <= SMALL_BATCH_BYTES && position + length > zeroedUpTo) {
            long from = Math.max(zeroedUpTo, pageAfter(position));
            // One by one: a page of a larger piece would count, and be written, with all of the piece.
            for (zeroedUpTo = from; zeroedUpTo < from + ZEROS_BYTES; zeroedUpTo += PAGE_BYTES) {
                write(ZERO_PAGE.duplicate(), zeroedUpTo);
            }
        }
    }

    private void write(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += channel.write(source, at);
        }
    }

    @Override
    public void sync() throws IOException {
        syncer.sync(channel);
        requireUncut();
        if (unnamed.isPresent()) {
            syncer.sync(unnamed.get());
            closeFolder();
        }
    }

    /**
     * Bytes behind the end of a file that somebody cut go nowhere, and the fault that tells of it comes late, in any thread's
     * next lines: the size tells before a write is acknowledged. And what Chronicle swaps in its headers there would end the
     * process.
     */
    private void requireUncut() throws IOException {
        long size = channel.size();
        if (size < greatestSize) {
            throw new IOException("the file of the segment in " + directory + " was cut from " + greatestSize
                    + " bytes to " + size + " while it was written");
        }
        greatestSize = size;
    }

    /** A queue whose file was cut is left as it is: its end must not be touched. */
    @Override
    public void close() throws IOException {
        try (channel) {
            requireUncut();
            excerpt.close();
            appender.close();
            queue.close();
            ChronicleRuntime.releaseMappings();
            closeFolder();
        }
    }

    /** It could not be begun: what it holds is let go, so that a later try finds the descriptors. */
    private void giveUp(Exception cause) {
        try {
            queue.close();
            ChronicleRuntime.releaseMappings();
            closeFolder();
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void closeFolder() throws IOException {
        if (unnamed.isPresent()) {
            unnamed.get().close();
            unnamed = Optional.empty();
        }
    }

    private void beginExcerpt() {
        excerpt = appender.writingDocument();
        bytes = excerpt.wire().bytes();
        bytes.singleThreadedCheckDisabled(true);
        excerptStart = bytes.writePosition();
    }

    private static long pageAfter(long position) {
        return (position + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
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
