package io.annulus.storage.sstable;

import io.annulus.storage.quarantine.Healed;

/** Told of the damage that is met in sorted tables, and knows what of it was made good; any thread. */
public interface DamageSink {

    /** Takes no note. */
    DamageSink NONE = new DamageSink() {
        @Override
        public void found(SSTableInfo table, Damage damage) {
            // Whoever met it was told by an exception.
        }

        @Override
        public Healed healed(int table) {
            return Healed.NONE;
        }

        @Override
        public boolean isDamaged(long file) {
            return false;
        }
    };

    /** A range of a sorted table was found damaged; again each time that another part of it is met. */
    void found(SSTableInfo table, Damage damage);

    /** The healed ranges of a table. */
    Healed healed(int table);

    /** Whether something of a file was found damaged in this life or a former one, healed or not. */
    boolean isDamaged(long file);
}
