/**
 * Coordinators of puts and gets, the replicas' side of them, hints and read repair: Dynamo's request path.
 *
 * <p>Invariants. A record is encoded once by its coordinator, and the same bytes go everywhere. A causal write is coordinated
 * by an owner of its key, or by a stand-in as a delta whose dot is of an origin of its own and stays explicit in the record's
 * context. Of one key an owner coordinates one composition at a time ({@code KeyChains}), so that what it calls covered it has
 * seen. Before anything is sent, the coordinator's own append was accepted; so a refusal there is a write that was not
 * applied; once a message has left, nothing but an acknowledgement proves anything, since a doubled message may be refused and
 * then taken. A read's digest counts toward R only once the record behind it is at hand. What waits is {@code Underway}, and
 * closing the node ends it: callers are told, requests forgotten, timers cancelled.
 *
 * <p>Thread. Everything here is owned by the node's event loop, but for {@code StoreKeyspace}, {@code StoreAnnulus} and
 * {@code Replication}'s opening of keyspaces, which any thread may call.
 */
package io.annulus.replication;
