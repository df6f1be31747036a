package io.annulus.api.message;

import io.annulus.api.cluster.Member;
import java.util.List;

/**
 * States of members, for push-pull gossip.
 *
 * @param answer whether this answers a gossip; an answer is not answered
 * @param members states that the sender knows, its own first
 */
public record Gossip(boolean answer, List<Member> members) implements Message {

    /** Most members in one message. */
    public static final int MAX_MEMBERS = 1024;

    public Gossip {
        members = List.copyOf(members);
        if (members.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException("gossip of " + members.size() + " members is above " + MAX_MEMBERS);
        }
    }

    @Override
    public Verb verb() {
        return Verb.GOSSIP;
    }
}
