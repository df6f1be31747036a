package io.annulus.api.storage;

/** Told, on the event loop, of each range that is quarantined: it should be healed from other replicas. */
@FunctionalInterface
public interface DamageListener {

    /** A range was quarantined. */
    void onDamage(QuarantinedRange range);
}
