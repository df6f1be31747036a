package io.annulus.storage.value;

import io.annulus.storage.cache.Content;
import io.annulus.storage.merge.RecordUse;

/** A record of a value file, in a part of an array. */
record CachedRecord(byte[] bytes, int from, int size) implements Content<CachedRecord> {

    @Override
    public CachedRecord copiedTo(byte[] target, int at) {
        System.arraycopy(bytes, from, target, at, size);
        return new CachedRecord(target, at, size);
    }

    <T> T use(RecordUse<T> use) {
        return use.use(bytes, from, size);
    }
}
