package io.annulus.api.storage;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One table: records sorted by (token, key), each the join of all that was appended under its key. Used on the event loop
 * only; completions run there, some before the call returns.
 */
@ProviderType
public interface Table {

    /** Its name. */
    String name();

    /**
     * Joins a record into the table. Completes when the record is durable and visible, in that order; what became of it is
     * the result. Fails with {@link StorageFullException} before any effect, with {@link StorageFencedException} when the
     * log failed (the write may or may not survive), with {@link CorruptDataException} when the record is damaged.
     */
    void append(Token token, byte[] key, byte[] record, Completion<Durability> completion);

    /**
     * Reads the record of a key; empty when the table certainly holds none. Fails with {@link CorruptDataException} when a
     * damaged range might hold it: absent means absent.
     */
    void read(Token token, byte[] key, Completion<Optional<byte[]>> completion);

    /**
     * Reads records in order of (token, key), from a token on.
     *
     * @param from first token, inclusive
     * @param to last token, inclusive
     * @param afterKey of the entries at {@code from}, skip those up to and including this key; empty skips none
     * @param limit greatest number of entries, 1 to 1024
     * @param completion takes the entries; fewer than {@code limit} means that the range is exhausted
     */
    void scan(Token from, Token to, Optional<byte[]> afterKey, int limit, Completion<List<Entry>> completion);

    /**
     * Removes a key of a table of the store's own (name begins with '_'), durably. Appends to the same key that come later
     * stay.
     *
     * @throws UnsupportedOperationException for a table of replicated data, where a delete is a record
     */
    void remove(Token token, byte[] key, Completion<Durability> completion);
}
