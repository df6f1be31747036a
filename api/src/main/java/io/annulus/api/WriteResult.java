package io.annulus.api;

import io.annulus.api.version.Dot;
import java.util.Objects;

/**
 * A write that enough replicas acknowledged.
 *
 * @param dot name of the version that was written
 * @param siblings how many live values the key has now, as far as the coordinator knows; 0 after a delete of all
 * @param context what the coordinator knew after the write: a put with it replaces all of that
 * @param receipt what the acknowledgement rests on
 */
public record WriteResult(Dot dot, int siblings, Context context, Receipt receipt) {

    public WriteResult {
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(receipt, "receipt");
    }
}
