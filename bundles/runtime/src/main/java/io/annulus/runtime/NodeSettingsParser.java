package io.annulus.runtime;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes settings of the texts of configuration {@code annulus.node}. Every error names the key, the value and the mend.
 * Immutable; any thread.
 */
public final class NodeSettingsParser {

    /** The configuration that is read. */
    public static final String PID = "annulus.node";

    public static final String NAME = "name";
    public static final String HOST = "host";
    public static final String PORT = "port";
    public static final String RACK = "rack";
    public static final String WEIGHT = "weight";
    public static final String SEEDS = "seeds";
    public static final String DATA_DIRECTORY = "data.directory";
    public static final String QUEUE_CAPACITY = "loop.queue.capacity";
    public static final String CALLBACK_THREADS = "callback.threads";
    public static final String CLOCK_DRIFT_LIMIT_MILLIS = "clock.drift.limit.millis";

    private final Optional<Path> hostDirectory;
    private final Optional<Path> cleanedDirectory;

    /**
     * A parser for one host.
     *
     * @param hostDirectory directory of the installation, where {@code annulus} lies when no data directory is configured
     * @param cleanedDirectory a directory whose contents the host deletes at times (Karaf's {@code data}): no place for data
     */
    public NodeSettingsParser(Optional<Path> hostDirectory, Optional<Path> cleanedDirectory) {
        this.hostDirectory = Objects.requireNonNull(hostDirectory, "hostDirectory");
        this.cleanedDirectory = Objects.requireNonNull(cleanedDirectory, "cleanedDirectory");
    }

    /**
     * The settings of the node.
     *
     * @throws IllegalArgumentException when a value cannot be used
     */
    public NodeSettings settings(Map<String, String> texts) {
        ConfigValues values = new ConfigValues(PID, texts);
        Endpoint endpoint = endpoint(values);
        return new NodeSettings(
                name(values, endpoint),
                endpoint,
                rack(values),
                (int) values.number(WEIGHT, 0, 1000, "1"),
                seeds(values),
                dataDirectory(values));
    }

    /**
     * The limits of the runtime.
     *
     * @throws IllegalArgumentException when a value cannot be used
     */
    public static RuntimeConfig limits(Map<String, String> texts) {
        ConfigValues values = new ConfigValues(PID, texts);
        return new RuntimeConfig(
                (int) values.number(
                        QUEUE_CAPACITY,
                        2,
                        RuntimeConfig.MAX_QUEUE_CAPACITY,
                        Integer.toString(RuntimeConfig.DEFAULT_QUEUE_CAPACITY)),
                (int) values.number(
                        CALLBACK_THREADS,
                        1,
                        RuntimeConfig.MAX_CALLBACK_THREADS,
                        Integer.toString(RuntimeConfig.DEFAULT_CALLBACK_THREADS)),
                values.number(
                        CLOCK_DRIFT_LIMIT_MILLIS,
                        0,
                        RuntimeConfig.MAX_CLOCK_DRIFT_LIMIT_MILLIS,
                        Long.toString(RuntimeConfig.DEFAULT_CLOCK_DRIFT_LIMIT_MILLIS)));
    }

    private static Endpoint endpoint(ConfigValues values) {
        int port = (int) values.number(PORT, 1, 65535, "7800");
        try {
            return new Endpoint(values.text(HOST), port);
        } catch (IllegalArgumentException e) {
            throw values.error(HOST, "is no host; set the IP address or name under which others reach this node", e);
        }
    }

    /** The configured name, or one made of the endpoint, so that it is the same at each start. */
    private static NodeId name(ConfigValues values, Endpoint endpoint) {
        String text = values.text(NAME);
        if (text.isEmpty()) {
            text = "n-" + endpoint.host().replaceAll("[^A-Za-z0-9]", "-") + "-" + endpoint.port();
        }
        try {
            return new NodeId(text);
        } catch (IllegalArgumentException e) {
            throw values.error(NAME, "gives no node name: " + e.getMessage(), e);
        }
    }

    private static String rack(ConfigValues values) {
        String rack = values.text(RACK);
        if (rack.isEmpty() || rack.length() > 63) {
            throw values.error(RACK, "is not 1 to 63 characters; set for example rack1", null);
        }
        return rack;
    }

    private static List<Endpoint> seeds(ConfigValues values) {
        Set<Endpoint> seeds = new LinkedHashSet<>();
        for (String seed : values.text(SEEDS).split(",")) {
            if (!seed.isBlank()) {
                try {
                    seeds.add(Endpoint.parse(seed.trim()));
                } catch (IllegalArgumentException e) {
                    throw values.error(
                            SEEDS, "is no list of host:port with commas between; mend '" + seed.trim() + "'", e);
                }
            }
        }
        return List.copyOf(seeds);
    }

    private Path dataDirectory(ConfigValues values) {
        String text = values.text(DATA_DIRECTORY);
        Path directory;
        try {
            directory = text.isEmpty()
                    ? hostDirectory
                            .map(base -> base.resolve("annulus"))
                            .orElseThrow(() -> values.error(
                                    DATA_DIRECTORY, "is needed outside Karaf; set an absolute directory", null))
                    : Path.of(text);
        } catch (InvalidPathException e) {
            throw values.error(DATA_DIRECTORY, "is no directory name; set an absolute directory", e);
        }
        Path normal = directory.normalize();
        if (!normal.isAbsolute()) {
            throw values.error(DATA_DIRECTORY, "is not absolute; write it from the root, or leave it empty", null);
        }
        if (cleanedDirectory.filter(normal::startsWith).isPresent()) {
            throw values.error(
                    DATA_DIRECTORY,
                    "lies in " + cleanedDirectory.get() + ", which a clean start of the host deletes; set another",
                    null);
        }
        return normal;
    }
}
