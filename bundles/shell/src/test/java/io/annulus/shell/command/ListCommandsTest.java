package io.annulus.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ListCommandsTest {

    private final FakeNode node = new FakeNode(FakeKeyspace.holding());
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void statusShowsTheNodeAndItsMembers() throws Exception {
        new StatusCommand().run(node.node(), out);
        String printed = printed();

        assertTrue(
                printed.startsWith("node     n1 at 127.0.0.1:7800\nserving  yes\nring     owner, epoch 7\n"), printed);
        assertTrue(printed.contains("storage  open, 2.0 KiB on disk, 10 bytes in memory, 3 SSTables\n"), printed);
        assertTrue(printed.contains("members  1 up of 2, 5 hints kept"), printed);
        assertTrue(
                printed.contains("n2   | down   | 127.0.0.2:7800 | rack2 | 3      | 3    | 75.0 % | 9000 ms"), printed);
    }

    @Test
    void statusOfANodeWithoutARingSaysWhatItWaitsFor() throws Exception {
        node.hasRing = false;
        new StatusCommand().run(node.node(), out);

        assertTrue(printed().contains("serving  no\nring     forming: Waiting for 127.0.0.2:7800.\n"), printed());
    }

    @Test
    void statusPrintsJson() throws Exception {
        StatusCommand status = new StatusCommand();
        status.json = true;
        status.run(node.node(), out);
        String printed = printed();

        assertTrue(printed.startsWith("{\"node\":\"n1\",\"endpoint\":\"127.0.0.1:7800\",\"serving\":true,"), printed);
        assertTrue(printed.contains("\"membersUp\":1,\"membersHeardOf\":2,\"hints\":5,"), printed);
        assertTrue(printed.contains("{\"node\":\"n2\",\"status\":\"DOWN\","), printed);
        assertEquals(1, printed.lines().count());
    }

    @Test
    void ringShowsShares() throws Exception {
        new RingCommand().run(node.node(), out);

        assertTrue(printed().startsWith("epoch 7, hash 8, 4 arcs, this node: owner\n"), printed());
        assertTrue(printed().contains("n1   | 127.0.0.1:7800 | rack1 | 1      | 1    | 25.0 %"), printed());
    }

    @Test
    void ringShowsArcsByTheirFirstToken() throws Exception {
        RingCommand ring = new RingCommand();
        ring.arcs = true;
        ring.noFormat = true;
        ring.run(node.node(), out);

        assertEquals("""
                0\t00000000000000000000000000000000\tn1\track1
                1\t40000000000000000000000000000000\tn2\track2
                2\t80000000000000000000000000000000\tn2\track2
                3\tc0000000000000000000000000000000\tn2\track2
                """, printed());
    }

    @Test
    void ringPrintsJsonWithOwners() throws Exception {
        RingCommand ring = new RingCommand();
        ring.json = true;
        ring.arcs = true;
        ring.run(node.node(), out);

        assertTrue(
                printed().startsWith("{\"standing\":\"OWNER\",\"explanation\":\"\",\"epoch\":7,\"hash\":\"8\","),
                printed());
        assertTrue(printed().endsWith("\"owners\":[\"n1\",\"n2\",\"n2\",\"n2\"]}\n"), printed());
    }

    @Test
    void noRingYetIsExplained() throws Exception {
        node.hasRing = false;
        new RingCommand().run(node.node(), out);
        assertEquals("There is no ring yet: Waiting for 127.0.0.2:7800.\n", printed());
    }

    @Test
    void keyspacesShowTheirSettings() throws Exception {
        new KeyspacesCommand().run(node.node(), out);
        assertTrue(
                printed()
                        .contains(
                                "default | causal | 3 | 2 | 2 | true   | 5000 ms | 1048576 bytes | 64       | synced"),
                printed());
    }

    @Test
    void keyspacesPrintJsonWithTheKeysOfTheirConfiguration() throws Exception {
        KeyspacesCommand keyspaces = new KeyspacesCommand();
        keyspaces.json = true;
        keyspaces.run(node.node(), out);
        assertEquals(
                "[{\"name\":\"default\",\"mode\":\"causal\",\"copies\":3,\"reads\":2,\"writes\":2,\"sloppy\":true,"
                        + "\"timeoutMillis\":5000,\"maxValueBytes\":1048576,\"maxSiblings\":64,\"durability\":\"synced\","
                        + "\"compression\":\"lz4\",\"filterBits\":10,\"tuning\":-2}]\n",
                printed());
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
