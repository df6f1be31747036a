package io.annulus.storage.snapshot;

import io.annulus.storage.manifest.Manifest;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a snapshot is made of. Immutable; the files stay until it was made.
 *
 * @param manifest of the store
 * @param linked names of the files to be linked, by directory
 * @param segments closed log segments whose records no file of the manifest holds
 */
public record SnapshotSource(Manifest manifest, SortedMap<String, SortedSet<String>> linked, Set<Long> segments) {

    public SnapshotSource {
        Objects.requireNonNull(manifest, "manifest");
        linked = Collections.unmodifiableSortedMap(new TreeMap<>(linked));
        segments = Collections.unmodifiableSet(new TreeSet<>(segments));
    }

    int files() {
        return segments.size() + linked.values().stream().mapToInt(Set::size).sum();
    }
}
