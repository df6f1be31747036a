/**
 * Proofs by example, each reproducible from a seed: random operations beside a sorted map, and processes that are killed, or
 * whose power is cut, while they write. {@code mvn verify} runs a cut of each, the profile {@code proof} the long ones.
 *
 * <p>{@link io.annulus.storage.proof.CrashWriter} and {@link io.annulus.storage.proof.CrashChecker} are programs of their own,
 * for whatever kills processes or cuts power: the writer prints a line {@code ACK NUMBER} for each operation that was
 * acknowledged, the checker takes these numbers and tells whether the directory holds what it must.
 */
package io.annulus.storage.proof;
