package io.annulus.replication;

/** Something that waits for answers or timers of this node, and is given up when the node closes. */
interface Underway {

    /** Gives it up: whoever waits is told, and no request or timer of it is left. Does nothing once it has ended. */
    void abandon();
}
