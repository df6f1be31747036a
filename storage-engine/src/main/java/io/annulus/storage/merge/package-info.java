/**
 * The entries that tables are made of, and the merge of sorted runs of them.
 *
 * <p>Pure values and functions; any thread. Runs are given newest first: where an entry hides what is older, the merge stops
 * there, otherwise the records are joined.
 */
package io.annulus.storage.merge;
