package io.annulus.api.cluster;

/** Told, on the event loop, when the opinion of a member changes or a member is first heard of. */
@FunctionalInterface
public interface MembershipListener {

    /** A member has a new status, or a new generation or store under its old status. */
    void onChange(MemberView view);
}
