package io.annulus.storage.value;

import io.annulus.storage.merge.ValuePointer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers what a sorted table that is being written points to; one thread. */
public final class ValueUses {

    private final SortedMap<Long, ValueUse> byFile = new TreeMap<>();

    /** Takes in a pointer. */
    public void add(ValuePointer pointer) {
        ValueUse use = byFile.getOrDefault(pointer.file(), new ValueUse(pointer.file(), 0, 0));
        byFile.put(pointer.file(), use.with(pointer.length(), pointer.offset() + pointer.length()));
    }

    /** All, by number of the file. */
    public List<ValueUse> toList() {
        return List.copyOf(byFile.values());
    }
}
