package io.annulus.versioning;

import java.util.function.Function;

/** Contexts as clients carry them. */
final class ContextCodec {

    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 9;

    private ContextCodec() {}

    /** The bytes of a context; none when it is empty. */
    static byte[] encode(CausalContext context) {
        if (context.equals(CausalContext.EMPTY)) {
            return new byte[0];
        }
        byte[] bytes = new byte[HEADER_BYTES + DotTable.sizeOf(context) + Bytes.CRC_BYTES];
        bytes[0] = FORMAT;
        Bytes.putInt(bytes, 1, context.vector().size());
        Bytes.putInt(bytes, 5, context.cloud().size());
        DotTable.write(bytes, HEADER_BYTES, context);
        return Bytes.seal(bytes);
    }

    /**
     * The context of bytes that a client handed in.
     *
     * @throws IllegalArgumentException naming what is wrong with them
     */
    static CausalContext decode(byte[] bytes) {
        if (bytes.length == 0) {
            return CausalContext.EMPTY;
        }
        Function<String, RuntimeException> error = what -> new IllegalArgumentException(
                "context of " + bytes.length + " bytes is malformed: " + what + "; pass it on as an answer gave it");
        if (bytes[0] != FORMAT) {
            throw error.apply("it is of format " + bytes[0] + ", and this node knows format " + FORMAT);
        }
        if (bytes.length < HEADER_BYTES + Bytes.CRC_BYTES) {
            throw error.apply("it is too short");
        }
        if (!Bytes.isSealed(bytes)) {
            throw error.apply("its checksum is wrong");
        }
        int vectorSize = Bytes.getInt(bytes, 1);
        int cloudSize = Bytes.getInt(bytes, 5);
        DotTable.checkCount("entries of a vector", vectorSize, error);
        DotTable.checkCount("dots of a cloud", cloudSize, error);
        if (bytes.length != HEADER_BYTES + DotTable.PAIR_BYTES * (vectorSize + cloudSize) + Bytes.CRC_BYTES) {
            throw error.apply("it names " + vectorSize + " entries and " + cloudSize + " dots");
        }
        DotTable.checkPairs(bytes, HEADER_BYTES, vectorSize, true, error);
        DotTable.checkPairs(bytes, HEADER_BYTES + DotTable.PAIR_BYTES * vectorSize, cloudSize, false, error);
        CausalContext context = DotTable.read(bytes, HEADER_BYTES, vectorSize, cloudSize);
        DotTable.checkNormal(context, cloudSize, error);
        return context;
    }
}
