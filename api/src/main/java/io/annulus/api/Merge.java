package io.annulus.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes the next value of a key out of those it has; called on an executor of the store, perhaps more than once. */
@FunctionalInterface
@ConsumerType
public interface Merge {

    /**
     * The next value.
     *
     * @param values the live values; empty when the key has none
     * @return the new value; empty deletes the key
     */
    Optional<byte[]> apply(List<byte[]> values);
}
