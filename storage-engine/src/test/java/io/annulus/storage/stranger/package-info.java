/**
 * A reader of data directories that was made from the byte tables in the descriptions of the engine's packages alone, and shares
 * no code with it: what it reads wrongly, they describe wrongly.
 */
package io.annulus.storage.stranger;
