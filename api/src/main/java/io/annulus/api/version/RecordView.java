package io.annulus.api.version;

import java.util.List;
import java.util.Objects;

/**
 * A record, opened.
 *
 * @param kind how its versions are kept
 * @param siblings the live values in order of their dots; none is a tombstone
 * @param context everything that the record has seen, encoded; sent along with a put it names what that put replaces
 * @param timestamp greatest hybrid timestamp in the record
 */
public record RecordView(RecordKind kind, List<Versioned> siblings, byte[] context, long timestamp) {

    public RecordView {
        Objects.requireNonNull(kind, "kind");
        siblings = List.copyOf(siblings);
        Objects.requireNonNull(context, "context");
    }
}
