package io.annulus.api.cluster;

/** What this node believes of a member. */
public enum MemberStatus {
    /** It was heard of lately. */
    UP,
    /** It has been silent for longer than is usual; requests still go there, but last. */
    SUSPECT,
    /** It is believed dead: stand-ins take its writes. */
    DOWN,
}
