package io.annulus.transport.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code annulus.transport}; a change restarts the transport. */
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
    int term_length_bytes() default 4194304;

    @AttributeDefinition(name = "Longest message", description = "Bytes; the same on all nodes")
    int max_message_bytes() default 20971520;

    @AttributeDefinition(name = "Messages per queue", description = "Most messages that wait for one peer")
    int peer_queue_messages() default 8192;

    @AttributeDefinition(name = "Bytes per queue", description = "Most bytes that wait for one peer")
    int peer_queue_bytes() default 25165824;

    @AttributeDefinition(
            name = "Bytes in all",
            description = "Most bytes that wait for all peers together, and most that incomplete messages take up")
    int total_bytes() default 67108864;

    @AttributeDefinition(
            name = "Longest wait",
            description = "Milliseconds after which a message is dropped that its peer did not take")
    int queue_millis() default 5000;

    @AttributeDefinition(
            name = "Idle time",
            description = "Milliseconds after which a peer that nothing was sent to loses its connection until the next"
                    + " message")
    int idle_millis() default 60000;

    @AttributeDefinition(
            name = "Bind any address without a cluster key",
            description = "Messages are then neither secret nor proof against forgery: only where every machine that"
                    + " reaches the port is trusted")
    boolean insecure_bind_anywhere() default false;
}
