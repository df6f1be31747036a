package io.annulus.replication;

import io.annulus.api.ring.PreferenceList;
import io.annulus.api.ring.Ring;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.Token;
import java.util.ArrayList;
import java.util.List;

/** A ring of one arc a member; the owners of a token are the member of its arc and those that follow. */
final class TestRing implements Ring {

    private final long epoch;
    private final List<RingMember> members;

    TestRing(long epoch, List<RingMember> members) {
        this.epoch = epoch;
        this.members = List.copyOf(members);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long hash() {
        return epoch;
    }

    @Override
    public List<RingMember> members() {
        return members;
    }

    @Override
    public int arcBits() {
        return 0;
    }

    @Override
    public RingMember ownerOf(int arc) {
        return members.get(arc);
    }

    @Override
    public PreferenceList preferenceList(Token token, int copies) {
        int first = (int) Long.remainderUnsigned(token.high(), members.size());
        List<RingMember> walk = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            walk.add(members.get((first + i) % members.size()));
        }
        int owners = Math.min(copies, walk.size());
        return new PreferenceList(walk.subList(0, owners), walk.subList(owners, walk.size()));
    }

    @Override
    public int owningMembers() {
        return members.size();
    }

    @Override
    public RingDescription description() {
        throw new UnsupportedOperationException("the request path describes no ring");
    }
}
