package io.annulus.transport.frame;

import io.annulus.api.ring.Token;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Places and constants of the byte tables in this package's description. */
final class FrameFormat {

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int VERSION = 1;

    static final int FRAME_MAGIC = magic("ANF1");
    static final int CRC = 4;
    static final int CHECKED_FROM = 8;
    static final int VERSION_AT = 8;
    static final int PORT = 10;
    static final int MESSAGE_LENGTH = 12;
    static final int CLUSTER = 16;
    static final int STORE_ID = 24;
    static final int NAME_LENGTH = 32;
    static final int HOST_LENGTH = 33;
    static final int NAME = 34;

    static final int PART_MAGIC = magic("ANP1");
    static final int PART_FRAME_LENGTH = 12;
    static final int PART_FRAME_ID = 24;
    static final int PART_OFFSET = 32;
    static final int PART_HEADER = 36;

    private FrameFormat() {}

    static long clusterHash(String clusterName) {
        return Token.of(clusterName.getBytes(StandardCharsets.UTF_8)).high();
    }

    static int crc(CRC32C crc, byte[] bytes, int from, int to) {
        crc.reset();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private static int magic(String text) {
        byte[] b = text.getBytes(StandardCharsets.US_ASCII);
        return b[0] & 0xff | (b[1] & 0xff) << 8 | (b[2] & 0xff) << 16 | (b[3] & 0xff) << 24;
    }
}
