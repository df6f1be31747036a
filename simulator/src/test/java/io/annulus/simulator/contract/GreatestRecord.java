package io.annulus.simulator.contract;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import java.util.Arrays;

/** Keeps the greater record; an empty one counts as damaged. */
final class GreatestRecord implements RecordJoin {

    @Override
    public byte[] join(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right) >= 0 ? left : right;
    }

    @Override
    public void verify(byte[] record) {
        if (record.length == 0) {
            throw new CorruptRecordException("an empty record");
        }
    }
}
