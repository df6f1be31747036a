/** Small classes that break a rule on purpose, and one that breaks none; read as bytecode, never run. */
package io.annulus.itests.checks.planted;
