/** Who belongs to the cluster and who is alive, spread by gossip. */
package io.annulus.membership;
