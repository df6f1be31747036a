package io.annulus.storage.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.testkit.MemoryDisk;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** An origin goes on only after a clean close of the very same directory on the same boot. */
class IdentityTest {

    private static final NodeId NODE = new NodeId("n1");

    private final AtomicLong counter = new AtomicLong(100);
    private final LongSupplier random = counter::incrementAndGet;
    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void aNewDirectoryGetsRandomIds() {
        Identity identity = Identity.next(Optional.empty(), NODE, "", "boot", random);
        assertEquals(101, identity.store().storeId());
        assertEquals(102, identity.store().origin());
        assertEquals(1, identity.store().generation());
        assertFalse(identity.clean());
    }

    @Test
    void aCleanCloseContinuesTheOrigin() throws IOException {
        Identity second = reopened(true, "boot", true);
        assertEquals(102, second.store().origin());
        assertEquals(101, second.store().storeId());
        assertEquals(2, second.store().generation());
        assertFalse(second.clean(), "the next crash must be seen");
    }

    @Test
    void aCrashACopyOrARestartOfTheMachineEndsTheOrigin() throws IOException {
        assertEquals(103, reopened(false, "boot", true).store().origin());
        counter.set(100);
        assertEquals(103, reopened(true, "other boot", true).store().origin());
        counter.set(100);
        assertEquals(103, reopened(true, "boot", false).store().origin());
    }

    @Test
    void whereNothingTellsACopyNoOriginIsContinued() throws IOException {
        for (String[] known : new String[][] {{"", "boot"}, {"1-5", ""}, {"", ""}}) {
            Identity first = Identity.next(Optional.empty(), NODE, known[0], known[1], random);
            first.closedCleanly(known[0]).write(disk.root());
            Identity next = Identity.next(Identity.read(disk.root()), NODE, known[0], known[1], random);
            assertNotEquals(first.store().origin(), next.store().origin());
        }
    }

    @Test
    void anotherNodeIsRefused() throws IOException {
        Identity.next(Optional.empty(), NODE, "", "boot", random).write(disk.root());
        Optional<Identity> former = Identity.read(disk.root());
        StorageOpenException refusal = assertThrows(
                StorageOpenException.class, () -> Identity.next(former, new NodeId("n2"), "1", "boot", random));
        assertTrue(refusal.getMessage().contains("'n1'"), refusal::getMessage);
    }

    private Identity reopened(boolean clean, String bootId, boolean sameFile) throws IOException {
        Identity first = Identity.next(Optional.empty(), NODE, "", "boot", random);
        (clean ? first.closedCleanly("1-5") : first).write(disk.root());
        String key = sameFile ? "1-5" : "1-6";
        return Identity.next(Identity.read(disk.root()), NODE, key, bootId, random);
    }
}
