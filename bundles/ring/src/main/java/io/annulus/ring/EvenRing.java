package io.annulus.ring;

import io.annulus.api.ring.PreferenceList;
import io.annulus.api.ring.Ring;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A ring of equal arcs. Immutable to its users; any thread. Preference lists are computed at first use and kept, while that
 * takes little memory.
 */
public final class EvenRing implements Ring {

    private static final int MAX_KEPT_REFERENCES = 4 << 20;

    private final RingDescription description;
    private final long hash;
    private final int[] arcsOfMember;
    private final int owningMembers;
    private final PreferenceWalk walk;

    /**
     * Lists by number of copies and arc. Threads may race to fill it: a list is immutable and each computes the same, so
     * that a slot which is seen empty is merely computed once more.
     */
    private final PreferenceList[][] kept;

    private final boolean keeps;

    /** The ring of a description, whose members must stand in order of distinct names. */
    public EvenRing(RingDescription description) {
        this.description = Objects.requireNonNull(description, "description");
        checkOrder(description.members());
        this.hash = Token.of(RingCodec.encode(description)).high();
        this.arcsOfMember = new int[description.members().size()];
        for (int owner : description.owners()) {
            arcsOfMember[owner]++;
        }
        this.walk = new PreferenceWalk(description);
        this.owningMembers = walk.owningMembers();
        this.kept = new PreferenceList[owningMembers + 1][];
        this.keeps = (long) owningMembers * description.owners().length <= MAX_KEPT_REFERENCES;
    }

    @Override
    public long epoch() {
        return description.epoch();
    }

    @Override
    public long hash() {
        return hash;
    }

    @Override
    public List<RingMember> members() {
        return description.members();
    }

    @Override
    public int arcBits() {
        return description.arcBits();
    }

    @Override
    public RingMember ownerOf(int arc) {
        return description.members().get(description.owners()[arc]);
    }

    @Override
    public PreferenceList preferenceList(Token token, int copies) {
        if (copies < 1) {
            throw new IllegalArgumentException("a key cannot have " + copies + " copies; 1 is the least");
        }
        int arc = token.arc(description.arcBits());
        int owners = Math.min(copies, owningMembers);
        if (!keeps) {
            return walk.from(arc, owners);
        }
        PreferenceList[] lists = kept[owners];
        if (lists == null) {
            lists = new PreferenceList[description.owners().length];
            kept[owners] = lists;
        }
        PreferenceList list = lists[arc];
        if (list == null) {
            list = walk.from(arc, owners);
            lists[arc] = list;
        }
        return list;
    }

    @Override
    public int owningMembers() {
        return owningMembers;
    }

    @Override
    public RingDescription description() {
        return description;
    }

    /** What each member owns, in order of name. */
    public List<RingShare> shares() {
        List<RingShare> shares = new ArrayList<>(arcsOfMember.length);
        for (int i = 0; i < arcsOfMember.length; i++) {
            double fraction = (double) arcsOfMember[i] / description.owners().length;
            shares.add(new RingShare(description.members().get(i), arcsOfMember[i], fraction));
        }
        return List.copyOf(shares);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvenRing that && description.equals(that.description);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    /** Epoch and hash, as logs and explanations name a ring. */
    @Override
    public String toString() {
        return "ring " + epoch() + "/" + Long.toHexString(hash);
    }

    private static void checkOrder(List<RingMember> members) {
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i - 1).node().compareTo(members.get(i).node()) >= 0) {
                throw new IllegalArgumentException(
                        "ring members " + members.get(i - 1).node() + " and "
                                + members.get(i).node() + " are not in order of distinct names");
            }
        }
    }
}
