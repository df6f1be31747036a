package io.annulus.api.ring;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A ring as plain data, for the wire and the disk.
 *
 * @param epoch 1 or more
 * @param arcBits the circle is cut into {@code 2^arcBits} arcs, 0 to 16
 * @param members in order of name
 * @param owners for each arc the index of its owner in {@code members}; handed over, not copied
 */
public record RingDescription(long epoch, int arcBits, List<RingMember> members, int[] owners) {

    /** Most arc bits that a ring may have. */
    public static final int MAX_ARC_BITS = 16;

    public RingDescription {
        members = List.copyOf(members);
        Objects.requireNonNull(owners, "owners");
        if (epoch < 1) {
            throw new IllegalArgumentException("ring epoch " + epoch + " is below 1");
        }
        if (arcBits < 0 || arcBits > MAX_ARC_BITS) {
            throw new IllegalArgumentException("ring has " + arcBits + " arc bits, not 0 to " + MAX_ARC_BITS);
        }
        if (owners.length != 1 << arcBits) {
            throw new IllegalArgumentException(
                    "ring names " + owners.length + " owners for " + (1 << arcBits) + " arcs");
        }
        for (int owner : owners) {
            if (owner < 0 || owner >= members.size()) {
                throw new IllegalArgumentException("ring of " + members.size() + " members names owner " + owner);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RingDescription that
                && epoch == that.epoch
                && arcBits == that.arcBits
                && members.equals(that.members)
                && Arrays.equals(owners, that.owners);
    }

    @Override
    public int hashCode() {
        return Objects.hash(epoch, arcBits, members, Arrays.hashCode(owners));
    }
}
