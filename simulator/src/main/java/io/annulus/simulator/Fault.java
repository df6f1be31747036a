package io.annulus.simulator;

/** What {@link RandomFaults} may strike with. Each passes after a while, but {@link #DEATH}. */
public enum Fault {
    /** The power of a node is cut: what was not synced may be gone or torn. */
    POWER_CUT(Reach.NODE_DOWN),
    /** The process of a node is killed: what was written reaches the disk. */
    KILL(Reach.NODE_DOWN),
    /** A node is closed cleanly. */
    STOP(Reach.NODE_DOWN),
    /** The loop of a node stands still, as in a long collection of garbage. */
    PAUSE(Reach.NODE),
    /** Messages from one node to another are lost. */
    CUT(Reach.LINK),
    /** A node is cut off from all others. */
    ISOLATE(Reach.LINK),
    /** The nodes fall into two sides that do not hear each other. */
    PARTITION(Reach.EVERYWHERE),
    /** Messages from one node to another take long. */
    SLOW_LINK(Reach.LINK),
    /** From one node to another only so many bytes pass in a second. */
    THIN_LINK(Reach.LINK),
    /** Messages between all nodes are lost, doubled and reordered. */
    ROUGH_NETWORK(Reach.EVERYWHERE),
    /** Syncs and reads of a disk take long. */
    SLOW_DISK(Reach.NODE),
    /** A disk takes no more bytes. */
    FULL_DISK(Reach.NODE),
    /** A sync fails, after which the node takes no writes until it is restarted. */
    FAILED_SYNC(Reach.NODE_DOWN),
    /** A wall clock jumps, by up to ten minutes either way. */
    CLOCK_JUMP(Reach.NODE),
    /** The clocks of a node run too fast or too slow. */
    CLOCK_DRIFT(Reach.NODE),
    /** A node comes back with an empty disk. */
    DISK_REPLACED(Reach.NODE_DATA),
    /** A node comes back with an old copy of its disk. */
    DISK_RESTORED(Reach.NODE_DATA),
    /** A bit of a disk is another one. */
    FLIPPED_BIT(Reach.DATA),
    /** A block of a disk stands in the wrong place. */
    MISDIRECTED_WRITE(Reach.DATA),
    /** A block that was synced is not on the disk. */
    LOST_WRITE(Reach.DATA),
    /** A node goes down and never comes back. */
    DEATH(Reach.NODE_DATA);

    private enum Reach {
        EVERYWHERE,
        LINK,
        NODE,
        NODE_DOWN,
        DATA,
        NODE_DATA
    }

    private final Reach reach;

    Fault(Reach reach) {
        this.reach = reach;
    }

    /** Whether the node may no longer hold what it acknowledged before. */
    public boolean losesData() {
        return reach == Reach.DATA || reach == Reach.NODE_DATA;
    }

    /** Whether the node is of no use until somebody restarts it. */
    public boolean takesDown() {
        return reach == Reach.NODE_DOWN || reach == Reach.NODE_DATA;
    }

    /** Whether it strikes all nodes at once rather than one. */
    public boolean isEverywhere() {
        return reach == Reach.EVERYWHERE;
    }

    /** Whether it needs two nodes at least. */
    boolean isBetweenNodes() {
        return reach == Reach.LINK || reach == Reach.EVERYWHERE;
    }
}
