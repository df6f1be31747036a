/** The log-structured storage of one node: commit log, memtable and sorted tables. */
package io.annulus.storage;
