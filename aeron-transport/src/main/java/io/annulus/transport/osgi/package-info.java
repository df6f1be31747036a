/** Makes the messenger a service, configured by {@code annulus.transport}. */
package io.annulus.transport.osgi;
