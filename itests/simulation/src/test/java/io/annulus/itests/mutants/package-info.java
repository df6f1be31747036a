/**
 * Planted bugs: traps in which stores of this kind have lost data, each put into a simulated cluster by wrapping one of the
 * seams of {@link io.annulus.testkit.wiring.Seams}, and found there by the judges. The production code knows nothing of it.
 *
 * <p>{@link io.annulus.itests.mutants.PlantedBugs} lists them; the other classes hold them, grouped by the seam that they
 * wrap. All of it runs on the one thread of the simulated world.
 */
package io.annulus.itests.mutants;
