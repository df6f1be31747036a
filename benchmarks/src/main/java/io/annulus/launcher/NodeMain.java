package io.annulus.launcher;

import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.cluster.NodeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs one node until its standard input ends or says {@code quit}, or the process is asked to stop. Prints {@code ready} once the
 * ring serves; then each line of input is a command, answered by one line. See {@link NodeArguments#USAGE}.
 */
public final class NodeMain {

    private static final int RING_SECONDS = 600;
    private static final int ENDED_BY_FAILURE = 1;
    private static final int WRONG_ARGUMENTS = 2;
    private static final List<KeyspaceSettings> KEYSPACES = List.of(
            KeyspaceSettings.of("default", KeyspaceMode.CAUSAL, 3),
            KeyspaceSettings.of("latest", KeyspaceMode.LAST_WRITE_WINS, 3));

    private NodeMain() {}

    public static void main(String[] arguments) {
        int code = ENDED_BY_FAILURE;
        try {
            code = run(arguments, System.in, RING_SECONDS, node -> Runtime.getRuntime()
                    .addShutdownHook(new Thread(node::close, "kv-shutdown")));
        } catch (Error e) {
            e.printStackTrace();
        }
        // Whatever threads are left.
        System.exit(code);
    }

    /**
     * Runs a node until its input ends.
     *
     * @param started told of the node before it has a ring
     * @return the exit code: 0, 1 when the node could not be started or has found no ring, 2 when the arguments are wrong
     */
    static int run(String[] arguments, InputStream input, int ringSeconds, Consumer<AnnulusNode> started) {
        NodeSettings settings;
        try {
            settings = NodeArguments.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return WRONG_ARGUMENTS;
        }
        try (AnnulusNode node = AnnulusNode.start(settings, KEYSPACES)) {
            started.accept(node);
            node.awaitRing(ringSeconds);
            System.out.println("ready");
            serve(new NodeCommands(node), input);
            return 0;
        } catch (IOException | RuntimeException e) {
            System.err.println("node " + settings.node() + " ends: " + reason(e));
            return ENDED_BY_FAILURE;
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static void serve(NodeCommands commands, InputStream input) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !line.equals("quit"); line = lines.readLine()) {
            System.out.println(commands.answer(line));
        }
    }
}
