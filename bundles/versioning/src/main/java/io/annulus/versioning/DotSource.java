package io.annulus.versioning;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.SystemStore;
import io.annulus.api.version.Dot;
import io.annulus.api.version.DotSupply;
import java.util.Objects;
import java.util.Optional;

/**
 * Issues the dots of one origin from blocks of sequences that were reserved durably before the first dot of them left; a
 * restart goes on after the last reserved one, so no dot is issued twice. The next block is reserved when half of the
 * present one is used. Event loop only; {@link #start} comes first.
 */
public final class DotSource implements DotSupply {

    /** Sequences in a block, unless configured otherwise. */
    public static final int DEFAULT_BLOCK = 65_536;

    private static final String NAME = "dots";
    private static final byte FORMAT = 1;
    private static final int BYTES = 21;

    private final long origin;
    private final SystemStore store;
    private final int block;
    private long last;
    private long reserved;
    private boolean reserving;

    /** A source for the origin of an identity; {@code block} is 2 or more. */
    public DotSource(StoreIdentity identity, SystemStore store, int block) {
        this.origin = identity.origin();
        this.store = Objects.requireNonNull(store, "store");
        if (block < 2) {
            throw new IllegalArgumentException("a block of " + block + " dots is below 2");
        }
        this.block = block;
    }

    /**
     * Reserves the first block.
     *
     * @param started completes with the first sequence that may be issued
     */
    public void start(Completion<Long> started) {
        try {
            last = reservedBefore();
        } catch (CorruptDataException e) {
            started.onFailure(e);
            return;
        }
        reserved = last;
        reserve(Completion.of(name -> started.onResult(last + 1), started::onFailure));
    }

    @Override
    public Optional<Dot> next() {
        if (reserved - last <= block / 2 && !reserving) {
            reserve(Completion.of(name -> {}, failure -> {}));
        }
        return last < reserved ? Optional.of(new Dot(origin, ++last)) : Optional.empty();
    }

    /** Reserves one block more; when that fails, the next call of {@link #next} tries again. */
    private void reserve(Completion<String> then) {
        long upTo = reserved + block;
        reserving = true;
        store.write(NAME, encode(upTo), new Completion<>() {
            @Override
            public void onResult(String name) {
                reserving = false;
                reserved = upTo;
                then.onResult(name);
            }

            @Override
            public void onFailure(Throwable cause) {
                reserving = false;
                then.onFailure(cause);
            }
        });
    }

    private byte[] encode(long upTo) {
        byte[] bytes = new byte[BYTES];
        bytes[0] = FORMAT;
        Bytes.putLong(bytes, 1, origin);
        Bytes.putLong(bytes, 9, upTo);
        return Bytes.seal(bytes);
    }

    private long reservedBefore() {
        Optional<byte[]> found = store.read(NAME);
        if (found.isEmpty()) {
            return 0;
        }
        byte[] bytes = found.get();
        if (bytes.length < 1 || bytes[0] != FORMAT) {
            throw new CorruptDataException("value '" + NAME + "' of the system store is of format "
                    + (bytes.length < 1 ? "none" : bytes[0]) + ", and this node knows format " + FORMAT
                    + "; run the release that wrote it");
        }
        if (bytes.length != BYTES || !Bytes.isSealed(bytes)) {
            throw new CorruptDataException(
                    "value '" + NAME + "' of the system store is damaged, so this node cannot tell"
                            + " which versions it has named; start it on an empty data directory and repair it from its peers");
        }
        return Bytes.getLong(bytes, 1) == origin ? Bytes.getLong(bytes, 9) : 0;
    }
}
