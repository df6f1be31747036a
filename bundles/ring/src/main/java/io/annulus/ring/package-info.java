/** Which nodes hold a key: tokens, partitions and preference lists. */
package io.annulus.ring;
