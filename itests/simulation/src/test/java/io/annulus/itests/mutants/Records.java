package io.annulus.itests.mutants;

import io.annulus.api.version.Dot;
import io.annulus.api.version.RecordView;
import io.annulus.api.version.Stamp;
import io.annulus.api.version.Versioned;
import io.annulus.api.version.Versioning;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/** Takes records apart and puts them together wrongly, for bugs that are about their content. */
final class Records {

    /** Origin of the versions that only bugs make. */
    private static final long BUG = 0x6275675f6f726967L;

    private static final byte[] NOTHING = new byte[0];
    private static final int CRC_BYTES = 4;

    private Records() {}

    /** A causal record of some siblings that has seen nothing else. */
    static byte[] of(Versioning versioning, List<Versioned> siblings) {
        byte[] record = versioning.delta(NOTHING, new Stamp(new Dot(BUG, 1), 0, 0), Optional.empty());
        for (Versioned sibling : siblings) {
            Stamp stamp = new Stamp(sibling.dot(), sibling.timestamp(), sibling.expiryMillis());
            record = versioning.join(record, versioning.delta(NOTHING, stamp, Optional.of(sibling.value())));
        }
        return record;
    }

    /** A causal record without some of its siblings, which it takes for seen and replaced. */
    static byte[] without(Versioning versioning, byte[] record, Predicate<Versioned> dropped) {
        RecordView view = versioning.view(record);
        byte[] seen = NOTHING;
        for (Versioned sibling : view.siblings()) {
            if (dropped.test(sibling)) {
                Stamp stamp = new Stamp(sibling.dot(), 0, 0);
                byte[] alone = versioning.delta(NOTHING, stamp, Optional.empty());
                seen = versioning.joinContexts(seen, versioning.view(alone).context());
            }
        }
        Dot fresh = new Dot(BUG, greatest(view.context(), BUG) + 1);
        return versioning.update(Optional.of(record), seen, new Stamp(fresh, view.timestamp(), 0), Optional.empty());
    }

    /** The greatest sequence of an origin that a context names, 0 when it names none. */
    static long greatest(byte[] context, long origin) {
        if (context.length == 0) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.wrap(context).order(ByteOrder.LITTLE_ENDIAN);
        buffer.get();
        int pairs = buffer.getInt() + buffer.getInt();
        long greatest = 0;
        for (int i = 0; i < pairs; i++) {
            boolean same = buffer.getLong() == origin;
            long sequence = buffer.getLong();
            greatest = same ? Math.max(greatest, sequence) : greatest;
        }
        return greatest;
    }

    /** A copy in which a bit of the last value is another one; the record itself when it has no value. */
    static byte[] withFlippedBit(Versioning versioning, byte[] record) {
        List<Versioned> siblings = versioning.view(record).siblings();
        if (siblings.isEmpty() || siblings.get(siblings.size() - 1).value().length == 0) {
            return record;
        }
        byte[] damaged = record.clone();
        damaged[damaged.length - CRC_BYTES - 1] ^= 0x40;
        return damaged;
    }

    /** A copy whose checksum fits whatever it holds. */
    static byte[] sealed(byte[] record) {
        byte[] copy = record.clone();
        CRC32C crc = new CRC32C();
        crc.update(copy, 0, copy.length - CRC_BYTES);
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(copy.length - CRC_BYTES, (int) crc.getValue());
        return copy;
    }
}
