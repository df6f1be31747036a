package io.annulus.versioning;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.Dot;
import io.annulus.api.version.Stamp;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records and contexts of bytes that nobody wrote, with and without a checksum that matches. */
@Timeout(3600)
class RecordFuzzTest {

    private static final int ROUNDS = 10_000 * Integer.getInteger("annulus.proof.scale", 1);
    private static final long MOST_MEMORY = 4 << 20;
    private static final int[] ODD = {
        0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 26, 1 << 27, 1 << 28, 1 << 30, 0x0fff_ffff
    };

    private final Random random = new Random(Seeds.seed());
    private final RecordVersioning versioning = new RecordVersioning();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void records() {
        byte[] one = versioning.update(Optional.empty(), new byte[0], stamp(1, 3), Optional.of(new byte[20]));
        byte[] other = versioning.delta(new byte[0], stamp(2, 9), Optional.of(new byte[30]));
        byte[] siblings = versioning.join(one, other);
        byte[] register = versioning.register(stamp(3, 4), Optional.of(new byte[10]));
        for (byte[] valid : List.of(one, other, siblings, register)) {
            int refused = fuzz(
                    valid,
                    bytes -> {
                        versioning.verify(bytes);
                        versioning.view(bytes);
                        versioning.join(valid, bytes);
                        versioning.join(bytes, valid);
                    },
                    CorruptRecordException.class);
            assertTrue(refused > ROUNDS / 4, refused + " refused");
        }
    }

    @Test
    void contexts() {
        byte[] one = versioning.update(Optional.empty(), new byte[0], stamp(1, 3), Optional.of(new byte[20]));
        byte[] other = versioning.delta(new byte[0], stamp(2, 9), Optional.of(new byte[30]));
        byte[] valid = versioning.view(versioning.join(one, other)).context();
        int refused = fuzz(
                valid,
                bytes -> {
                    versioning.verifyContext(bytes);
                    versioning.joinContexts(valid, bytes);
                },
                IllegalArgumentException.class);
        assertTrue(refused > ROUNDS / 4, refused + " refused");
    }

    private int fuzz(byte[] valid, Consumer<byte[]> decoder, Class<? extends Exception> documented) {
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutant(valid);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            try {
                decoder.accept(bytes);
            } catch (Exception | Error e) {
                if (!documented.isInstance(e)) {
                    throw new AssertionError(
                            "round " + round + ": " + e + " out of "
                                    + HexFormat.of().formatHex(bytes),
                            e);
                }
                refused++;
            }
            long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertTrue(
                    taken < MOST_MEMORY,
                    () -> taken + " bytes for " + HexFormat.of().formatHex(bytes));
        }
        return refused;
    }

    private byte[] mutant(byte[] valid) {
        byte[] bytes = valid.clone();
        switch (random.nextInt(5)) {
            case 0 -> {
                bytes = new byte[random.nextInt(2 * valid.length)];
                random.nextBytes(bytes);
            }
            case 1 -> bytes = Arrays.copyOf(valid, random.nextInt(2 * valid.length));
            case 2, 3 -> {
                for (int numbers = 1 + random.nextInt(2); numbers > 0; numbers--) {
                    int odd = random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : random.nextInt();
                    Bytes.putInt(bytes, random.nextInt(bytes.length - 3), odd);
                }
            }
            default -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return random.nextInt(4) > 0 && bytes.length >= Bytes.CRC_BYTES ? Bytes.seal(bytes) : bytes;
    }

    private static Stamp stamp(long origin, long sequence) {
        return new Stamp(new Dot(origin, sequence), 77, 0);
    }
}
