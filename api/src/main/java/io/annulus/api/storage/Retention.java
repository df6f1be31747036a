package io.annulus.api.storage;

import io.annulus.api.ring.Token;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what compaction must keep of a record. What it lets go is let go only where no other source of the table (memtable, run
 * outside the merge, quarantined range, stream under way) can hold the key, and then it is gone for good on this node; where one
 * can, the record stays as it is. Called on the compaction threads, for records again and again; must be pure and fast, and must
 * not block.
 */
@ConsumerType
public interface Retention {

    /** Keeps everything. */
    Retention EVERYTHING = (token, key, record, nowMillis) -> Optional.of(record);

    /**
     * What to keep.
     *
     * @param nowMillis the node's wall clock, milliseconds since 1970
     * @return the same array to keep the record, another record of no greater rank to keep that instead, empty to drop the key
     */
    Optional<byte[]> retained(Token token, byte[] key, byte[] record, long nowMillis);
}
