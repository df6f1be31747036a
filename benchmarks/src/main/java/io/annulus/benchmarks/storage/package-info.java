/**
 * The storage engine as a blocking map of keys and values, so that a harness can measure it beside engines that are one.
 *
 * <p>Callers are many and block; the engine's tables are used by one thread at a time. {@link
 * io.annulus.benchmarks.storage.CallersLoop} lends that role to whoever calls, so that no call waits for a thread switch that a
 * node would not need either.
 */
package io.annulus.benchmarks.storage;
