package io.annulus.replication;

import io.annulus.api.Receipt;
import io.annulus.api.version.Dot;
import java.util.Objects;

/**
 * A write that was done, as its coordinator knows it.
 *
 * @param dot name of the version
 * @param siblings live values after the write
 * @param context context after the write
 * @param receipt who acknowledged
 */
record PutOutcome(Dot dot, int siblings, byte[] context, Receipt receipt) {

    PutOutcome {
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(receipt, "receipt");
    }
}
