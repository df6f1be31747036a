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
 * Issues the dots of one origin at a time from blocks of sequences that were reserved durably before the first dot of them
 * left; a restart goes on after the last reserved one, so no dot is issued twice. The next block is reserved when half of the
 * present one is used. An origin that is abandoned is followed by one that is computed from it, and so as unlikely to be another
 * node's as any. Event loop only; {@link #start} comes first.
 */
public final class DotSource implements DotSupply {

    /** Sequences in a block, unless configured otherwise. */
    public static final int DEFAULT_BLOCK = 65_536;

    private static final String NAME = "dots";
    private static final byte FORMAT = 2;
    private static final int BYTES = 29;
    private static final byte FIRST_FORMAT = 1;
    private static final int FIRST_BYTES = 21;

    private final long storeOrigin;
    private final SystemStore store;
    private final int block;
    private long origin;
    private long last;
    private long reserved;
    private boolean reserving;

    /** A source for the origin of an identity; {@code block} is 2 or more. */
    public DotSource(StoreIdentity identity, SystemStore store, int block) {
        this.storeOrigin = identity.origin();
        this.origin = storeOrigin;
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
            goOnAfterTheLastReserved();
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
            reserve();
        }
        return last < reserved ? Optional.of(new Dot(origin, ++last)) : Optional.empty();
    }

    @Override
    public void abandonOrigin() {
        origin = following(origin);
        last = 0;
        reserved = 0;
        if (!reserving) {
            reserve();
        }
    }

    /** The finisher of SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014): a bijection. */
    private static long following(long origin) {
        long mixed = origin + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** Reserves one block more; when that fails, the next call of {@link #next} tries again. */
    private void reserve() {
        reserve(Completion.of(name -> {}, failure -> {}));
    }

    private void reserve(Completion<String> then) {
        long of = origin;
        long upTo = reserved + block;
        reserving = true;
        store.write(NAME, encode(upTo), new Completion<>() {
            @Override
            public void onResult(String name) {
                reserving = false;
                if (of == origin) {
                    reserved = upTo;
                } else {
                    reserve();
                }
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
        Bytes.putLong(bytes, 1, storeOrigin);
        Bytes.putLong(bytes, 9, origin);
        Bytes.putLong(bytes, 17, upTo);
        return Bytes.seal(bytes);
    }

    private void goOnAfterTheLastReserved() {
        Optional<byte[]> found = store.read(NAME);
        if (found.isEmpty()) {
            return;
        }
        byte[] bytes = found.get();
        byte format = bytes.length < 1 ? 0 : bytes[0];
        if (format != FORMAT && format != FIRST_FORMAT) {
            throw new CorruptDataException("value '" + NAME + "' of the system store is of format " + format
                    + ", and this node knows formats " + FIRST_FORMAT + " and " + FORMAT
                    + "; run the release that wrote it");
        }
        if (bytes.length != (format == FORMAT ? BYTES : FIRST_BYTES) || !Bytes.isSealed(bytes)) {
            throw new CorruptDataException(
                    "value '" + NAME + "' of the system store is damaged, so this node cannot tell"
                            + " which versions it has named; start it on an empty data directory and repair it from its peers");
        }
        if (Bytes.getLong(bytes, 1) != storeOrigin) {
            return;
        }
        if (format == FORMAT) {
            origin = Bytes.getLong(bytes, 9);
            last = Bytes.getLong(bytes, 17);
        } else {
            // An origin was never abandoned then.
            last = Bytes.getLong(bytes, 9);
        }
    }
}
