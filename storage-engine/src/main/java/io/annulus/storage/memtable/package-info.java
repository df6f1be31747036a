/**
 * The newest entries of a table in memory: a sorted list of nodes with shortcuts by token prefix, over arrays of primitives.
 *
 * <p>One thread at a time writes, any thread reads without a lock. Nothing is ever taken out or moved, so a reader that holds a
 * node or a record holds it for as long as it likes; the arrays go when nothing refers to the memtable. What is written to
 * them is published by the release of one word (a link, a shortcut, the reference to a record) and read after its acquire.
 *
 * <p>The tokens of keys are uniform, so that cutting the circle by the top bits of tokens keeps the order and gives buckets
 * of one entry. That all buckets share one list, which the shortcuts only point into, is from Shalev and Shavit, "Split-Ordered
 * Lists: Lock-Free Extensible Hash Tables" (2006).
 */
package io.annulus.storage.memtable;
