package io.annulus.storage.value;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.cache.Slots;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.RecordUse;
import io.annulus.storage.merge.ValuePointer;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A value file that is being read; any thread that has retained it. One that cannot be opened stands for its values all the
 * same: reading any of them fails.
 */
final class ValueFile {

    /** Ends the names of value files. */
    static final String SUFFIX = ".val";

    private static final int DIGITS = 10;

    private final Directory directory;
    private final long number;
    private final InputFile file;
    private final long sizeBytes;
    private final Exception unreadable;
    private final Slots<CachedRecord> cached;

    /** Owner and readers; the one that brings it to 0, on any thread, closes the file. */
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Set by the owner before it lets go, read by whoever releases the file last. */
    private volatile boolean obsolete;

    private ValueFile(
            Directory directory,
            long number,
            InputFile file,
            long sizeBytes,
            Exception unreadable,
            Slots<CachedRecord> cached) {
        this.directory = directory;
        this.number = number;
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.unreadable = unreadable;
        this.cached = cached;
    }

    /**
     * Opens the file of a number.
     *
     * @throws ScarceException when there is no file descriptor for it: that says nothing about the file
     */
    static ValueFile open(Directory directory, long number, BlockCache cache) throws ScarceException {
        Slots<CachedRecord> cached = cache.slots(number);
        InputFile file = null;
        try {
            file = directory.open(fileName(number));
            ByteBuffer header = ByteBuffer.allocate(ValueFormat.HEADER_BYTES);
            file.read(0, header);
            ValueFormat.checkHeader(number, header.flip());
            return new ValueFile(directory, number, file, file.size(), null, cached);
        } catch (ScarceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            return new ValueFile(directory, number, file, 0, e, cached);
        }
    }

    /** Name of the file of a number. */
    static String fileName(long number) {
        String digits = Long.toString(Math.abs(number));
        return (number < 0 ? "log-" : "") + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits + SUFFIX;
    }

    /** Its length; 0 when it cannot be read. */
    long sizeBytes() {
        return sizeBytes;
    }

    /** What is wrong with it as a whole, when a table points to a frame that ends at the offset; empty for nothing. */
    Optional<CorruptDataException> damage(long end) {
        if (unreadable != null) {
            return Optional.of(damaged(0, unreadable));
        }
        return end <= sizeBytes
                ? Optional.empty()
                : Optional.of(damaged(sizeBytes, new IOException("it ends before offset " + end)));
    }

    /** Reads, checks and unpacks a record. */
    byte[] read(EntryKey place, ValuePointer pointer, Packing packing) {
        try {
            return packing.unpack(checked(place, pointer, packing));
        } catch (IOException | RuntimeException e) {
            throw damaged(pointer.offset(), e);
        }
    }

    /** Uses a record that is in the cache; empty when it is not. */
    <T> Optional<T> useCached(ValuePointer pointer, RecordUse<T> use) {
        return cached.use(pointer.offset(), record -> record.use(use));
    }

    /** Reads, checks and unpacks a record, offers it to the cache, and uses it. */
    <T> T use(EntryKey place, ValuePointer pointer, Packing packing, RecordUse<T> use) {
        CachedRecord record;
        try {
            ByteBuffer packed = checked(place, pointer, packing);
            byte[] plain = packing.array(packing.plainBytes(packed));
            record = new CachedRecord(plain, 0, packing.unpack(packed, plain));
        } catch (IOException | RuntimeException e) {
            throw damaged(pointer.offset(), e);
        }
        cached.put(pointer.offset(), record);
        return record.use(use);
    }

    /** Reads and checks a record, and throws it away. */
    void verify(EntryKey place, ValuePointer pointer, Packing packing) {
        try {
            checked(place, pointer, packing);
        } catch (IOException | RuntimeException e) {
            throw damaged(pointer.offset(), e);
        }
    }

    /** Takes part in holding the file; false when it is gone already. */
    boolean retain() {
        int held = holders.get();
        while (held > 0) {
            if (holders.compareAndSet(held, held + 1)) {
                return true;
            }
            held = holders.get();
        }
        return false;
    }

    /** Ends the holding; the last one closes the file, and deletes it when it is obsolete. */
    void release() {
        if (holders.decrementAndGet() > 0) {
            return;
        }
        cached.clear();
        try {
            if (file != null) {
                file.close();
            }
            if (obsolete) {
                directory.delete(fileName(number));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + fileName(number) + " in " + directory.path(), e);
        }
    }

    /** The owner's release of a file that no table points to any more. */
    void releaseObsolete() {
        obsolete = true;
        release();
    }

    private ByteBuffer checked(EntryKey place, ValuePointer pointer, Packing packing) throws IOException {
        if (unreadable != null) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
        boolean fits = pointer.offset() >= ValueFormat.HEADER_BYTES
                && pointer.length() >= ValueFormat.FRAME_BYTES
                && pointer.length() <= sizeBytes - pointer.offset();
        if (!fits) {
            throw new EOFException("no value of " + pointer.length() + " bytes fits there in " + sizeBytes + " bytes");
        }
        ByteBuffer frame = packing.buffer(pointer.length());
        file.read(pointer.offset(), frame);
        return ValueFormat.packed(pointer, place, frame.flip());
    }

    private CorruptDataException damaged(long offset, Exception cause) {
        return new CorruptDataException(
                "value file " + fileName(number) + " in " + directory.path() + " is damaged at offset " + offset + " ("
                        + cause.getMessage() + "); heal the node from its replicas",
                cause);
    }
}
