package io.annulus.storage.cache;

/**
 * What can be cached: bytes, and what is known of them.
 *
 * @param <T> the class itself
 */
public interface Content<T extends Content<T>> {

    /** Bytes that it takes. */
    int size();

    /** The same in a part of an array, which it is copied to; what it says once these bytes change does not count. */
    T copiedTo(byte[] target, int at);
}
