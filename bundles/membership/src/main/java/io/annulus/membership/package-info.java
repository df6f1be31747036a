/**
 * Who is in the cluster and who is believed up: push-pull gossip of heartbeats, and an accrual failure detector for each
 * member.
 *
 * <p>Invariants: of one name, a node keeps the state of the latest (generation, heartbeat); a status gets worse only with
 * silence that this node was awake to hear, and better only by a newer heartbeat; an endpoint belongs to one member. Opinions
 * are each node's own, and move no data. Everything here belongs to the event loop, snapshots apart.
 */
package io.annulus.membership;
