/** Checks of the checks: a rule that finds nothing in a planted violation guards nothing. */
package io.annulus.itests.checks;
