/** Stand-ins for disk, log, loop and threads: all on one thread, from a seed, with power cuts. */
package io.annulus.storage.testkit;
