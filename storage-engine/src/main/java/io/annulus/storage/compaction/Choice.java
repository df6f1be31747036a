package io.annulus.storage.compaction;

import java.util.List;

/**
 * A merge that is worth its while.
 *
 * @param files indices of the sorted tables, newest first
 * @param bytes of all of them
 * @param runs how many of them may have to be looked at for one key
 */
public record Choice(List<Integer> files, long bytes, int runs) {

    public Choice {
        files = List.copyOf(files);
    }
}
