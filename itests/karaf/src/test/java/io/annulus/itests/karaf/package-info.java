/** What the features do in a real Karaf, and what their bundles promise to it. */
package io.annulus.itests.karaf;
