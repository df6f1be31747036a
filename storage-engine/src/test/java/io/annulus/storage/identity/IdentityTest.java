package io.annulus.storage.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/**
 * An origin goes on only after a clean close of the very same directory on the same boot, a store id only in the very same
 * directory (T10, T37).
 */
class IdentityTest {

    private static final NodeId NODE = new NodeId("n1");
    private static final long STORE_ID = 101;
    private static final long ORIGIN = 102;

    private final AtomicLong counter = new AtomicLong(100);
    private final LongSupplier random = counter::incrementAndGet;
    private final Directory directory = SimulatedDirectory.top(Seed.disk(Seed.random("IdentityTest")));

    @Test
    void aNewDirectoryGetsRandomIds() {
        Identity identity = next(Optional.empty(), "", "boot", false);
        assertEquals(STORE_ID, identity.store().storeId());
        assertEquals(STORE_ID, identity.logId());
        assertEquals(ORIGIN, identity.store().origin());
        assertEquals(1, identity.store().generation());
        assertFalse(identity.clean());
    }

    @Test
    void aCleanCloseContinuesTheOrigin() throws IOException {
        Identity second = reopened(true, "1-5", "boot", false);
        assertEquals(ORIGIN, second.store().origin());
        assertEquals(STORE_ID, second.store().storeId());
        assertEquals(2, second.store().generation());
        assertFalse(second.clean(), "the next crash must be seen");
    }

    @Test
    void aCrashOrARestartOfTheMachineEndsTheOriginAndKeepsTheStoreId() throws IOException {
        for (Identity next : new Identity[] {
            reopened(false, "1-5", "boot", false),
            reopened(true, "1-5", "other boot", false),
            reopened(false, "1-5", "other boot", false)
        }) {
            assertNotEquals(ORIGIN, next.store().origin());
            assertEquals(STORE_ID, next.store().storeId(), "what was acknowledged is synced");
        }
    }

    @Test
    void aCopyGetsAnotherStoreIdWhetherItWasClosedCleanlyOrNot() throws IOException {
        for (boolean clean : new boolean[] {true, false}) {
            for (String key : new String[] {"1-6", ""}) {
                Identity copy = reopened(clean, key, "boot", false);
                assertNotEquals(ORIGIN, copy.store().origin());
                assertNotEquals(STORE_ID, copy.store().storeId(), "it may lack what was acknowledged");
                assertEquals(STORE_ID, copy.logId(), "its log could not be read");
                assertNotEquals(copy.store().storeId(), copy.store().origin());
            }
        }
    }

    @Test
    void aCopyOfWhichAnOperatorSaysThatItIsTheLatestKeepsItsStoreId() throws IOException {
        Identity moved = reopened(true, "1-6", "boot", true);
        assertNotEquals(ORIGIN, moved.store().origin());
        assertEquals(STORE_ID, moved.store().storeId());
    }

    @Test
    void aCopyThatWentOnCanBeSaidToBeTheLatestLater() throws IOException {
        Identity copy = reopened(true, "1-6", "boot", false).opened("1-7");
        Identity again = next(Optional.of(copy), "1-7", "boot", true);
        assertEquals(STORE_ID, again.store().storeId());
        assertEquals(
                STORE_ID,
                next(Optional.of(again.opened("1-8")), "1-8", "boot", false)
                        .store()
                        .storeId());
    }

    @Test
    void whereNothingTellsACopyNoOriginIsContinued() throws IOException {
        for (String[] known : new String[][] {{"", "boot"}, {"1-5", ""}, {"", ""}}) {
            Identity first = next(Optional.empty(), known[0], known[1], false);
            first.closedCleanly(known[0]).write(directory);
            Identity next = next(Identity.read(directory), known[0], known[1], false);
            assertNotEquals(first.store().origin(), next.store().origin());
            assertEquals(first.store().storeId(), next.store().storeId());
        }
    }

    @Test
    void aDirectoryOfVersionOneIsReadOn() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(4 + 6 + 3 * 8 + 1 + 7 + 8);
        content.putInt(1).putInt(2).put(new byte[] {'n', '1'});
        content.putLong(STORE_ID).putLong(ORIGIN).putLong(9).put((byte) 1);
        content.putInt(3).put(new byte[] {'1', '-', '5'});
        content.putInt(4).put(new byte[] {'b', 'o', 'o', 't'});
        CheckedFile.replace(directory, Identity.FILE, content.array());
        Identity read = Identity.read(directory).orElseThrow();
        assertEquals(STORE_ID, read.logId());
        Identity next = next(Optional.of(read), "1-5", "boot", false);
        assertEquals(ORIGIN, next.store().origin());
        assertEquals(10, next.store().generation());
        next.write(directory);
        assertEquals(Optional.of(next), Identity.read(directory));
    }

    @Test
    void anotherNodeIsRefused() throws IOException {
        next(Optional.empty(), "", "boot", false).write(directory);
        Optional<Identity> former = Identity.read(directory);
        StorageOpenException refusal = assertThrows(
                StorageOpenException.class,
                () -> Identity.next(former, new NodeId("n2"), "1", "boot", false, false, random));
        assertTrue(refusal.getMessage().contains("'n1'"), refusal::getMessage);
    }

    /** A directory of key 1-5, opened again as the directory of some key. */
    private Identity reopened(boolean clean, String key, String bootId, boolean latest) throws IOException {
        counter.set(100);
        Identity first = next(Optional.empty(), "", "boot", false).opened("1-5");
        (clean ? first.closedCleanly("1-5") : first).write(directory);
        return next(Identity.read(directory), key, bootId, latest);
    }

    private Identity next(Optional<Identity> former, String key, String bootId, boolean latest) {
        return Identity.next(former, NODE, key, bootId, latest, false, random);
    }
}
