package io.annulus.storage.merge;

/**
 * Takes what it needs of a record that is lent to it. Without any effect but its result: it may be run more than once, also on bytes that
 * change under it, and what comes of that does not count. It reads no other record.
 *
 * @param <T> what it takes
 */
@FunctionalInterface
public interface RecordUse<T> {

    /** Takes it from so many bytes of an array. */
    T use(byte[] bytes, int from, int length);
}
