package io.annulus.launcher;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the command line of a node. */
final class NodeArguments {

    static final String USAGE =
            "usage: NodeMain --data DIRECTORY [--name NAME] [--host 127.0.0.1] [--port 7800] [--rack rack1]"
                    + " [--weight 1] [--seeds HOST:PORT,HOST:PORT]\n"
                    + "commands: put KEY VALUE [W] | get KEY [R] | delete KEY | endpoints KEY | status | quit";

    private static final List<String> OPTIONS =
            List.of("--data", "--name", "--host", "--port", "--rack", "--weight", "--seeds");

    private NodeArguments() {}

    static NodeSettings parse(String[] arguments) {
        Map<String, String> values = new TreeMap<>(
                Map.of("--host", "127.0.0.1", "--port", "7800", "--rack", "rack1", "--weight", "1", "--seeds", ""));
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        "'" + arguments[i] + "' is no option, or its value is missing\n" + USAGE);
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        if (!values.containsKey("--data")) {
            throw new IllegalArgumentException("--data is missing\n" + USAGE);
        }
        Endpoint endpoint = new Endpoint(values.get("--host"), number(values, "--port"));
        String name = values.getOrDefault(
                "--name", "n-" + endpoint.host().replaceAll("[^A-Za-z0-9]", "-") + "-" + endpoint.port());
        return new NodeSettings(
                new NodeId(name),
                endpoint,
                values.get("--rack"),
                number(values, "--weight"),
                seeds(values.get("--seeds")),
                Path.of(values.get("--data")).toAbsolutePath().normalize());
    }

    private static List<Endpoint> seeds(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",")).map(Endpoint::parse).toList();
    }

    private static int number(Map<String, String> values, String option) {
        try {
            return Integer.parseInt(values.get(option));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " " + values.get(option) + " is no number\n" + USAGE, e);
        }
    }
}
