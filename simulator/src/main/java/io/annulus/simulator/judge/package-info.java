/**
 * Judges of histories. A judge is pure, knows nothing of the store but what its clients were told, and has no tolerance: what
 * it names a violation contradicts a promise, whatever the faults were. Each is tested on hand-written good and bad
 * histories.
 */
package io.annulus.simulator.judge;
