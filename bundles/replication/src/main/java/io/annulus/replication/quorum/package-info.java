/**
 * Pure counters of one operation's answers: no time, no messages, no storage.
 *
 * <p>The shape is that of riak_kv's put_core and get_core: the counter decides, the coordinator beside it acts. Guarantees are
 * computed here from the answers that came, never from the plan.
 */
package io.annulus.replication.quorum;
