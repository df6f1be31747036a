package io.annulus.storage.value;

import io.annulus.api.storage.Compression;
import java.nio.ByteBuffer;

/** Packs and unpacks records, as blocks of sorted tables are; any thread. */
public interface Packing {

    /** The packed form of the first bytes of an array; they stay plain where compression saves little. */
    ByteBuffer pack(Compression compression, byte[] plain, int length);

    /** A buffer of the calling thread for packed bytes, good until the thread asks for the next. */
    ByteBuffer buffer(int length);

    /**
     * The plain bytes of a packed form that fills a buffer from its start on.
     *
     * @throws RuntimeException when it is none
     */
    byte[] unpack(ByteBuffer packed);

    /**
     * How many plain bytes a packed form has that fills a buffer from its start on.
     *
     * @throws RuntimeException when it is none
     */
    int plainBytes(ByteBuffer packed);

    /** An array of the calling thread for so many plain bytes, good until the thread asks for the next. */
    byte[] array(int length);

    /**
     * Unpacks into the start of an array that has room.
     *
     * @return how many plain bytes
     * @throws RuntimeException when it is no packed form
     */
    int unpack(ByteBuffer packed, byte[] target);
}
