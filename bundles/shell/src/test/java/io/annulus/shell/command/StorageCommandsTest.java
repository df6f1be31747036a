package io.annulus.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.shell.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StorageCommandsTest {

    private final FakeNode node = new FakeNode(FakeKeyspace.holding());
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void storageShowsFiguresJobsAndDamage() throws Exception {
        new StorageCommand().run(node.node(), out);
        String printed = printed();

        assertTrue(printed.startsWith("""
                        storage  open: the disk is nearly full
                        disk     4.0 KiB in SSTables, 2.0 KiB of log, 1.0 KiB waiting to be deleted, 512 bytes held by \
                        snapshots alone; 1.0 MiB free
                        memory   512 bytes in memtables, 8.0 KiB in the block cache, 256 bytes in indexes and filters
                        writes   1.5 KiB logged, 6.50 bytes to the disk for each that was written
                        reads    10 lookups in SSTables, 0.50 blocks read for each; 15 SSTables asked, 5 of them in vain, \
                        20 passed over
                        """), printed);
        assertTrue(printed.contains("users | 3        | 100     | 4.0 KiB | 512 bytes | 256 bytes"), printed);
        assertTrue(printed.contains("| 2.00"), printed);
        assertTrue(printed.contains("compaction of users | running | 30   | 70 | entries"), printed);
        assertTrue(printed.contains("000007.sst | a bit is flipped"), printed);
        assertFalse(printed.contains("no room"), printed);
    }

    @Test
    void endedJobsAreShownWhenAskedFor() throws Exception {
        StorageCommand storage = new StorageCommand();
        storage.allJobs = true;
        storage.run(node.node(), out);

        assertTrue(printed().contains("| no room"), printed());
    }

    @Test
    void storagePrintsJson() throws Exception {
        StorageCommand storage = new StorageCommand();
        storage.json = true;
        storage.run(node.node(), out);
        String printed = printed();

        assertTrue(
                printed.startsWith(
                        "{\"state\":\"OPEN\",\"cause\":\"the disk is nearly full\",\"disk\":{\"live\":4096,"),
                printed);
        assertTrue(printed.contains("\"writeAmplification\":6.5,\"reads\":{\"lookups\":10,"), printed);
        assertTrue(printed.contains("\"name\":\"users\",\"sstables\":3,"), printed);
        assertTrue(printed.contains("\"name\":\"compaction of users\",\"state\":\"RUNNING\",\"done\":30,"), printed);
        assertEquals(1, printed.lines().count());
    }

    @Test
    void aSnapshotIsTakenListedAndDeleted() throws Exception {
        snapshot("create", "monday").run(node.node(), out);
        snapshot("list", null).run(node.node(), out);
        snapshot("delete", "monday").run(node.node(), out);
        String printed = printed();

        assertTrue(
                printed.startsWith(
                        "took snapshot monday: 4 files, 2.0 KiB, in the folder snapshots/monday of the data"),
                printed);
        assertTrue(printed.contains("monday   | 4     | 2.0 KiB | 0 bytes"), printed);
        assertTrue(printed.endsWith("deleted snapshot monday\n"), printed);
        assertTrue(node.storage.taken.isEmpty());
    }

    @Test
    void snapshotsPrintJson() throws Exception {
        for (String action : new String[] {"create", "list", "delete"}) {
            SnapshotCommand command = snapshot(action, "monday");
            command.json = true;
            command.run(node.node(), out);
        }

        assertEquals("""
                {"name":"monday","files":4,"bytes":2048,"heldBytes":0}
                [{"name":"monday","files":4,"bytes":2048,"heldBytes":0}]
                {"deleted":"monday"}
                """, printed());
    }

    @Test
    void whatASnapshotLacksIsNamed() throws Exception {
        assertTrue(failure("create", null).contains("takes the name of a snapshot"));
        assertTrue(failure("drop", "monday").contains("none of create, list, delete"));
        assertTrue(failure("delete", "monday").contains("there is no snapshot 'monday'"));
        snapshot("create", "monday").run(node.node(), out);
        assertTrue(failure("create", "monday").contains("already"));
        node.storage.fails = true;
        assertTrue(failure("create", "tuesday").contains("the disk has no room"));
        node.storage.takesTasks = false;
        assertTrue(failure("create", "tuesday").contains("try again later"));
    }

    private String failure(String action, String name) {
        return assertThrows(CommandException.class, () -> snapshot(action, name).run(node.node(), out))
                .getMessage();
    }

    private static SnapshotCommand snapshot(String action, String name) {
        SnapshotCommand command = new SnapshotCommand();
        command.action = action;
        command.name = name;
        return command;
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
