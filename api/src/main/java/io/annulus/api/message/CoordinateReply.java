package io.annulus.api.message;

import io.annulus.api.Receipt;
import io.annulus.api.version.Dot;
import java.util.Objects;
import java.util.Optional;

/**
 * How a forwarded write went.
 *
 * @param requestId number of the request
 * @param outcome how it ended
 * @param dot name of the version, empty when none was made
 * @param siblings how many live values the key had at the coordinator after the write
 * @param context context of the record after the write; empty array when there is none
 * @param receipt who answered
 * @param explanation one sentence for an outcome other than done, else empty
 */
public record CoordinateReply(
        long requestId,
        WriteOutcome outcome,
        Optional<Dot> dot,
        int siblings,
        byte[] context,
        Receipt receipt,
        String explanation)
        implements Message {

    public CoordinateReply {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(receipt, "receipt");
        Objects.requireNonNull(explanation, "explanation");
    }

    @Override
    public Verb verb() {
        return Verb.COORDINATE_REPLY;
    }
}
