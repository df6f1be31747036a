package io.annulus.runtime.osgi;

import io.annulus.runtime.NodeSettingsParser;
import io.annulus.runtime.RuntimeConfig;
import java.util.Map;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of configuration {@code annulus.node}. They are texts, so that errors can show what was written. */
@ObjectClassDefinition(
        name = "Annulus node",
        description = "Who this node is, and its limits. A change restarts the node.")
@interface NodeConfig {

    @AttributeDefinition(
            required = false,
            description = "Name, unique in the cluster; empty: made of host and port, as n-127-0-0-1-7800."
                    + " It cannot change once there is data.")
    String name() default "";

    @AttributeDefinition(description = "IP address or name under which other nodes reach this one.")
    String host() default "127.0.0.1";

    @AttributeDefinition(description = "UDP port, 1 to 65535.")
    String port() default "7800";

    @AttributeDefinition(description = "Failure domain: copies go to different ones where there are enough.")
    String rack() default "rack1";

    @AttributeDefinition(
            description = "Share of the data relative to other nodes, 1 to 1000; 0 serves clients and owns nothing.")
    String weight() default "1";

    @AttributeDefinition(
            required = false,
            description = "Founding members as host:port,host:port, the same on each of them; empty: a cluster of one.")
    String seeds() default "";

    @AttributeDefinition(
            required = false,
            description = "Absolute directory of all that the node keeps; empty: the directory annulus of Karaf's"
                    + " installation. Not below Karaf's data directory.")
    String data_directory() default "";

    @AttributeDefinition(description = "Most operations that wait for the node's loop, 2 to 1048576; beyond: refused.")
    String loop_queue_capacity() default "" + RuntimeConfig.DEFAULT_QUEUE_CAPACITY;

    @AttributeDefinition(description = "Threads on which results are handed to consumers, 1 to 64.")
    String callback_threads() default "" + RuntimeConfig.DEFAULT_CALLBACK_THREADS;

    @AttributeDefinition(
            description = "Timestamps of others further ahead of this node's clock are ignored; milliseconds.")
    String clock_drift_limit_millis() default "" + RuntimeConfig.DEFAULT_CLOCK_DRIFT_LIMIT_MILLIS;

    /** The texts under their keys. */
    final class Texts {

        private Texts() {}

        static Map<String, String> of(NodeConfig config) {
            return Map.of(
                    NodeSettingsParser.NAME, config.name(),
                    NodeSettingsParser.HOST, config.host(),
                    NodeSettingsParser.PORT, config.port(),
                    NodeSettingsParser.RACK, config.rack(),
                    NodeSettingsParser.WEIGHT, config.weight(),
                    NodeSettingsParser.SEEDS, config.seeds(),
                    NodeSettingsParser.DATA_DIRECTORY, config.data_directory(),
                    NodeSettingsParser.QUEUE_CAPACITY, config.loop_queue_capacity(),
                    NodeSettingsParser.CALLBACK_THREADS, config.callback_threads(),
                    NodeSettingsParser.CLOCK_DRIFT_LIMIT_MILLIS, config.clock_drift_limit_millis());
        }
    }
}
