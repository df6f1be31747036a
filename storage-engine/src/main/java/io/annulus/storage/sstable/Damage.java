package io.annulus.storage.sstable;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.quarantine.TokenRange;

/**
 * What of a sorted table cannot be read.
 *
 * @param range its tokens
 * @param cause names file and offset
 */
public record Damage(TokenRange range, CorruptDataException cause) {}
