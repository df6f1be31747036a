package io.annulus.replication.hint;

import io.annulus.api.version.RecordJoin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;

/** Records that are sets of words. */
final class SetJoin implements RecordJoin {

    @Override
    public byte[] join(byte[] left, byte[] right) {
        TreeSet<String> words = new TreeSet<>(Arrays.asList(text(left).split(" ")));
        words.addAll(Arrays.asList(text(right).split(" ")));
        return String.join(" ", words).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void verify(byte[] record) {
        text(record);
    }

    static String text(byte[] record) {
        return new String(record, StandardCharsets.UTF_8);
    }
}
