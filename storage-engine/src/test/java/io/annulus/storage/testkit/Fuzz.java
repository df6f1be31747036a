package io.annulus.storage.testkit;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Gives decoders bytes that nobody wrote: random ones, and valid ones with bits, numbers, stretches and ends changed. Only the
 * documented exceptions may come out, and no more memory may be taken than the bytes are worth.
 */
public final class Fuzz {

    /** Multiplies the rounds; the system property {@code annulus.proof.scale}. */
    public static final int SCALE = Integer.getInteger("annulus.proof.scale", 1);

    private static final int ROUNDS = 3000;
    private static final long FIXED_BYTES = 4 << 20;

    /** The most that a byte may unpack to, and some copies of it. */
    private static final long BYTES_A_BYTE = 1024;

    private static final int[] ODD = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 255, 65536};

    private final Random random;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Decodes, and looks at what came out. */
    @FunctionalInterface
    public interface Decoder {
        void decode(byte[] bytes) throws IOException;
    }

    public Fuzz(Random random) {
        this.random = random;
    }

    /**
     * Runs a decoder on many bytes.
     *
     * @param documented the exceptions that it may throw
     * @return how many bytes it refused
     */
    public int run(byte[] valid, Decoder decoder, List<Class<? extends Exception>> documented) {
        int refused = 0;
        for (int round = 0; round < ROUNDS * SCALE; round++) {
            byte[] bytes = mutant(valid);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            try {
                decoder.decode(bytes);
            } catch (Exception | Error e) {
                if (documented.stream().noneMatch(type -> type.isInstance(e))) {
                    throw new AssertionError(
                            "round " + round + ": " + e + " out of "
                                    + HexFormat.of().formatHex(bytes),
                            e);
                }
                refused++;
            }
            long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            if (taken > FIXED_BYTES + BYTES_A_BYTE * bytes.length) {
                throw new AssertionError("round " + round + " took " + taken + " bytes of memory for " + bytes.length
                        + ": " + HexFormat.of().formatHex(bytes));
            }
        }
        return refused;
    }

    private byte[] mutant(byte[] valid) {
        byte[] bytes = valid.clone();
        switch (random.nextInt(8)) {
            case 0 -> {
                bytes = new byte[random.nextInt(2 * valid.length + 1)];
                random.nextBytes(bytes);
            }
            case 1 -> bytes = Arrays.copyOf(valid, random.nextInt(valid.length + 1));
            case 2 -> bytes = Arrays.copyOf(valid, valid.length + random.nextInt(100));
            case 3 -> Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) random.nextInt());
            case 4 -> {
                int length = random.nextInt(bytes.length) + 1;
                int to = random.nextInt(bytes.length - length + 1);
                System.arraycopy(valid, random.nextInt(bytes.length - length + 1), bytes, to, length);
            }
            case 5, 6 -> {
                if (bytes.length >= Integer.BYTES) {
                    int at = random.nextInt(bytes.length - Integer.BYTES + 1);
                    int odd = random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : random.nextInt();
                    ByteBuffer.wrap(bytes).putInt(at, odd);
                }
            }
            default -> {
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return bytes;
    }
}
