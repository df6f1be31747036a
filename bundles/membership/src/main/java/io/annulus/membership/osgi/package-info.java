/** The Declarative Services component that runs membership on the node's loop and offers it as a service. */
package io.annulus.membership.osgi;
