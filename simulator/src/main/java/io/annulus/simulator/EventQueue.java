package io.annulus.simulator;

import java.util.PriorityQueue;

/** The events to come, by time and then by insertion, and the virtual clock. */
final class EventQueue {

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nanos;
    private long order;
    private int foreground;

    long nanos() {
        return nanos;
    }

    /** Adds an event on, or beside, the loop of a node. */
    Event add(long delayNanos, Event.Place place, SimulatedLoop loop, String kind, Runnable action) {
        return add(delayNanos, place, loop, kind, false, action);
    }

    /** Adds an event for which nobody waits: it does not keep the world from being idle. */
    Event addBackground(long delayNanos, SimulatedLoop loop, String kind, Runnable action) {
        return add(delayNanos, Event.Place.LOOP, loop, kind, true, action);
    }

    private Event add(
            long delayNanos, Event.Place place, SimulatedLoop loop, String kind, boolean background, Runnable action) {
        long at = nanos + Math.max(0, delayNanos);
        Event event = new Event(at < nanos ? Long.MAX_VALUE : at, order++, place, loop, kind, background, action);
        push(event);
        return event;
    }

    /** Puts an event that was taken back for a later time. */
    void defer(Event event, long untilNanos) {
        event.nanos = untilNanos;
        event.order = order++;
        push(event);
    }

    private void push(Event event) {
        events.add(event);
        if (!event.background) {
            foreground++;
        }
    }

    /** Whether only events are left for which nobody waits. */
    boolean isIdle() {
        dropDead();
        return foreground == 0;
    }

    /** Time of the next event, or {@link Long#MAX_VALUE}. */
    long nextNanos() {
        dropDead();
        return events.isEmpty() ? Long.MAX_VALUE : events.peek().nanos;
    }

    /** Takes the next event and moves the clock to it. */
    Event take() {
        dropDead();
        Event event = remove();
        nanos = event.nanos;
        return event;
    }

    void advanceTo(long later) {
        nanos = Math.max(nanos, later);
    }

    private void dropDead() {
        while (!events.isEmpty() && events.peek().isDead()) {
            remove();
        }
    }

    private Event remove() {
        Event event = events.remove();
        if (!event.background) {
            foreground--;
        }
        return event;
    }
}
