/**
 * The block cache: unpacked, checked blocks of sorted tables, and records of value files, within one bound of bytes
 * (docs/decisions/0025-cached-blocks-lie-in-slabs.md). A file has a table of slots, which lead to what is cached of it.
 */
package io.annulus.storage.cache;
