package io.annulus.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One keyspace of the store: opaque values under opaque keys, each kept N times in the ring. An OSGi service found by
 * {@code (kv.keyspace=NAME)} and registered while the node serves.
 *
 * <p>Any thread may call; no call blocks. Arguments that make no sense throw {@link IllegalArgumentException} at once, naming
 * the value. Everything else arrives through the stage, which fails with one of the sealed {@link AnnulusException}s; each
 * says whether the operation was not applied or whether that is unknown, and carries the receipt so far. Keys have 1 to
 * 1024 bytes, values 0 to {@link KeyspaceSettings#maxValueBytes()}. Arrays passed in must stay unchanged until the stage is
 * complete.
 */
@ProviderType
public interface Keyspace {

    /** Reads a key with the keyspace's R. */
    default CompletionStage<ReadResult> get(byte[] key) {
        return get(key, ReadOptions.defaults());
    }

    /** Reads a key. */
    CompletionStage<ReadResult> get(byte[] key, ReadOptions options);

    /** Writes a key blindly with the keyspace's W: never overwrites in a causal keyspace, and may add a sibling. */
    default CompletionStage<WriteResult> put(byte[] key, byte[] value) {
        return put(key, value, WriteOptions.defaults());
    }

    /** Writes a key. */
    CompletionStage<WriteResult> put(byte[] key, byte[] value, WriteOptions options);

    /**
     * Deletes what the context of the options covers; in a last-write-wins keyspace, the key.
     *
     * @throws IllegalArgumentException in a causal keyspace without a context, since a blind delete would remove nothing:
     *     read the key first and pass the context of the answer
     */
    CompletionStage<WriteResult> delete(byte[] key, WriteOptions options);

    /** As {@link #update(byte[], Merge, ReadOptions, WriteOptions)} with the keyspace's R and W. */
    default CompletionStage<WriteResult> update(byte[] key, Merge merge) {
        return update(key, merge, ReadOptions.defaults(), WriteOptions.defaults());
    }

    /**
     * Reads a key, merges what is there and writes the merge in its place; repeats, at most four times in all, while the
     * coordinator saw siblings afterwards. It is not a compare-and-set: concurrent updates may still leave siblings, and in
     * a last-write-wins keyspace the later one wins. The context of the options must be none, since the read brings it.
     */
    CompletionStage<WriteResult> update(byte[] key, Merge merge, ReadOptions read, WriteOptions write);

    /** What holds for this keyspace. */
    KeyspaceSettings settings();
}
