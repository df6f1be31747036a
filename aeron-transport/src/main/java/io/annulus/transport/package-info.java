/** Messages between nodes over Aeron, encoded with SBE. */
package io.annulus.transport;
