package io.annulus.simulator;

import java.util.Objects;

/**
 * A fault that is in force.
 *
 * @param detail which of its kind, for people; empty text when the kind says all
 * @param mend takes it back
 */
record Strike(String detail, Runnable mend) {

    Strike {
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(mend, "mend");
    }
}
