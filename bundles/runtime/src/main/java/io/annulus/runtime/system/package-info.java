/**
 * The running node: its threads and clocks.
 *
 * <p>Threads: {@code kv-loop}, the one that owns the node's protocol state, and {@code kv-callback-n}, on which stages of
 * consumers complete. Both end with {@link io.annulus.runtime.system.SystemRuntime#close}, within a time limit.
 */
package io.annulus.runtime.system;
