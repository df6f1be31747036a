package io.annulus.transport.osgi;

import io.annulus.transport.TransportConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Configuration {@code annulus.transport}; a change restarts the transport. The values are texts, so that errors can show what was
 * written.
 */
@ObjectClassDefinition(id = "annulus.transport", name = "Annulus transport")
@interface TransportSettings {

    @AttributeDefinition(
            name = "Cluster name",
            description = "Messages of nodes with another cluster name are dropped; 1 to 63 characters")
    String cluster_name() default "annulus";

    @AttributeDefinition(
            name = "Directory",
            description = "Where Aeron's shared memory is kept while the node runs; empty for java.io.tmpdir")
    String directory() default "";

    @AttributeDefinition(
            name = "Term length",
            description = "Bytes of an Aeron term, a power of two; three are kept for each peer and direction")
    String term_length_bytes() default "4194304";

    @AttributeDefinition(name = "Longest message", description = "Bytes; the same on all nodes")
    String max_message_bytes() default "20971520";

    @AttributeDefinition(name = "Messages per queue", description = "Most messages that wait for one peer")
    String peer_queue_messages() default "8192";

    @AttributeDefinition(name = "Bytes per queue", description = "Most bytes that wait for one peer")
    String peer_queue_bytes() default "25165824";

    @AttributeDefinition(
            name = "Bytes in all",
            description = "Most bytes that wait for all peers together, and most that incomplete messages take up")
    String total_bytes() default "67108864";

    @AttributeDefinition(
            name = "Longest wait",
            description = "Milliseconds after which a message is dropped that its peer did not take")
    String queue_millis() default "5000";

    @AttributeDefinition(
            name = "Idle time",
            description = "Milliseconds after which a peer that nothing was sent to loses its connection until the next"
                    + " message")
    String idle_millis() default "60000";

    @AttributeDefinition(
            name = "Bind any address without a cluster key",
            description = "Messages are then neither secret nor proof against forgery: only where every machine that"
                    + " reaches the port is trusted")
    String insecure_bind_anywhere() default "false";

    /** Reads the texts. */
    final class Reader {

        private Reader() {}

        /** @throws IllegalArgumentException naming key, value and mend, when one cannot be used */
        static TransportConfig config(TransportSettings settings) {
            return new TransportConfig(
                    settings.cluster_name().trim(),
                    directory(settings.directory().trim()),
                    number("term.length.bytes", settings.term_length_bytes()),
                    number("max.message.bytes", settings.max_message_bytes()),
                    number("peer.queue.messages", settings.peer_queue_messages()),
                    number("peer.queue.bytes", settings.peer_queue_bytes()),
                    number("total.bytes", settings.total_bytes()),
                    number("queue.millis", settings.queue_millis()),
                    number("idle.millis", settings.idle_millis()),
                    truth("insecure.bind.anywhere", settings.insecure_bind_anywhere()));
        }

        private static Path directory(String text) {
            try {
                return Path.of(text.isEmpty() ? System.getProperty("java.io.tmpdir") : text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(
                        message("directory", text, "a directory") + ", or leave it empty for java.io.tmpdir", e);
            }
        }

        private static int number(String key, String text) {
            try {
                return Integer.parseInt(text.trim());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(message(key, text, "a whole number up to " + Integer.MAX_VALUE), e);
            }
        }

        private static boolean truth(String key, String text) {
            return switch (text.trim()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(message(key, text, "true or false"));
            };
        }

        private static String message(String key, String text, String allowed) {
            return key + " = '" + text + "' is not " + allowed + "; correct it in the configuration annulus.transport";
        }
    }
}
