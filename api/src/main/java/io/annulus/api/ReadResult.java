package io.annulus.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a read found. */
public sealed interface ReadResult {

    /** What was seen; goes along with a put or delete that is to replace it. */
    Context context();

    /** What the answer rests on. */
    Receipt receipt();

    /** The one value, or empty when there is none. */
    default Optional<byte[]> value() {
        return this instanceof Found found ? Optional.of(found.single()) : Optional.empty();
    }

    /** All live values; empty when there is none. */
    default List<byte[]> values() {
        return this instanceof Found found
                ? found.siblings().stream().map(Sibling::value).toList()
                : List.of();
    }

    /**
     * The key has a value, or several that were written concurrently.
     *
     * @param siblings at least one, in order of their dots
     * @param context what was seen
     * @param receipt what the answer rests on
     */
    record Found(List<Sibling> siblings, Context context, Receipt receipt) implements ReadResult {

        public Found {
            siblings = List.copyOf(siblings);
            if (siblings.isEmpty()) {
                throw new IllegalArgumentException("a found key has at least one sibling");
            }
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(receipt, "receipt");
        }

        /**
         * The only value.
         *
         * @throws IllegalStateException when there are siblings: merge them and put the merge with this context
         */
        public byte[] single() {
            if (siblings.size() > 1) {
                throw new IllegalStateException("the key has " + siblings.size()
                        + " siblings; merge Found.siblings() and put the merge with Found.context()");
            }
            return siblings.get(0).value();
        }
    }

    /**
     * The key was deleted, and the replicas that answered still know it.
     *
     * @param context what was seen
     * @param receipt what the answer rests on
     */
    record Tombstone(Context context, Receipt receipt) implements ReadResult {

        public Tombstone {
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(receipt, "receipt");
        }
    }

    /**
     * The replicas that answered hold nothing of the key.
     *
     * @param context what was seen
     * @param receipt what the answer rests on
     */
    record Absent(Context context, Receipt receipt) implements ReadResult {

        public Absent {
            Objects.requireNonNull(context, "context");
            Objects.requireNonNull(receipt, "receipt");
        }
    }
}
