package io.annulus.launcher;

import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.cluster.NodeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs one node until its standard input ends or says {@code quit}, or the process is asked to stop. Prints {@code ready} once the
 * ring serves; then each line of input is a command, answered by one line. See {@link NodeArguments#USAGE}.
 */
public final class NodeMain {

    private static final int RING_SECONDS = 600;

    private NodeMain() {}

    public static void main(String[] arguments) throws Exception {
        NodeSettings settings;
        try {
            settings = NodeArguments.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        AnnulusNode node = AnnulusNode.start(
                settings,
                List.of(
                        KeyspaceSettings.of("default", KeyspaceMode.CAUSAL, 3),
                        KeyspaceSettings.of("latest", KeyspaceMode.LAST_WRITE_WINS, 3)));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "kv-shutdown"));
        node.awaitRing(RING_SECONDS);
        System.out.println("ready");
        serve(new NodeCommands(node));
        System.exit(0);
    }

    private static void serve(NodeCommands commands) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null && !line.equals("quit"); line = input.readLine()) {
            System.out.println(commands.answer(line));
        }
    }
}
