package io.annulus.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's process says, and with which code it ends. */
class NodeMainTest {

    @TempDir
    Path state;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void nodeAnswersAndEndsWithItsInput() throws IOException {
        assertEquals(0, run("put a 1\nget a\nquit\n", 60, "--data", data(), "--port", freePort()), this::text);

        assertTrue(text().contains("ready"), text());
        assertTrue(text().contains("found 1"), text());
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertEquals(2, run("", 1, "--port", "x", "--data", data()));
        assertEquals(2, run("", 1, "--data"));
        assertEquals(2, run("", 1, "--data", data(), "--seeds", "7800"));

        assertTrue(text().contains("--port x"), text());
        assertTrue(text().contains("'--data'"), text());
        assertTrue(text().contains("'7800'"), text());
        assertFalse(text().contains("\tat "), text());
    }

    @Test
    void portInUseIsNamed() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String port = Integer.toString(taken.getLocalPort());

            assertEquals(1, run("", 1, "--data", data(), "--port", port));

            assertTrue(text().contains("127.0.0.1:" + port), text());
            assertFalse(text().contains("\tat "), text());
        }
    }

    @Test
    void nodeWithoutARingEndsAndSaysWhatItWaitedFor() throws IOException {
        String port = freePort();

        int code = run("", 1, "--data", data(), "--port", port, "--seeds", "127.0.0.1:" + port + ",127.0.0.1:9");

        assertEquals(1, code);
        assertTrue(text().contains("127.0.0.1:9"), text());
        assertFalse(text().contains("\tat "), text());
    }

    @Test
    void addressOfVersion6GivesAName() {
        assertEquals(
                "n---1-7800",
                NodeArguments.parse(new String[] {"--host", "::1", "--data", data()})
                        .node()
                        .name());
    }

    private int run(String input, int ringSeconds, String... arguments) {
        InputStream lines = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return NodeMain.run(arguments, lines, ringSeconds, node -> {});
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private String data() {
        return state.resolve("data").toString();
    }

    private static String freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
