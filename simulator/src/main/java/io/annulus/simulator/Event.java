package io.annulus.simulator;

/** One thing that will happen in the world. */
final class Event implements Comparable<Event> {

    /** Where an event runs. */
    enum Place {
        /** On the loop of a node. */
        LOOP,
        /** In a node but beside its loop: its disk, its callbacks. */
        NODE,
        /** Outside of every node. */
        WORLD,
    }

    long nanos;
    long order;
    final Place place;
    final SimulatedLoop loop;
    final String kind;
    final boolean background;
    private Runnable action;

    Event(long nanos, long order, Place place, SimulatedLoop loop, String kind, boolean background, Runnable action) {
        this.nanos = nanos;
        this.order = order;
        this.place = place;
        this.loop = loop;
        this.kind = kind;
        this.background = background;
        this.action = action;
    }

    void cancel() {
        action = null;
    }

    /** Whether it was given up, or its node is down. */
    boolean isDead() {
        return action == null || loop != null && !loop.isRunning();
    }

    Runnable action() {
        return action;
    }

    @Override
    public int compareTo(Event other) {
        int byTime = Long.compare(nanos, other.nanos);
        return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
}
