package io.annulus.replication.osgi;

import io.annulus.replication.ReplicationConfig;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of configuration {@code annulus.replication}. They are texts, so that errors can show what was written. */
@ObjectClassDefinition(
        name = "Annulus replication",
        description = "Limits of the request path. A change restarts it; operations under way end with an error.")
@interface ReplicationSettings {

    @AttributeDefinition(
            description = "Operations that this node coordinates at a time, 1 to 1000000; beyond: refused.")
    String max_in_flight() default "4096";

    @AttributeDefinition(description = "After how many milliseconds a read asks one more replica, 1 to 600000.")
    String hedge_millis() default "50";

    @AttributeDefinition(description = "Records kept for owners that are down; beyond: left to repair.")
    String max_hints() default "1000000";

    @AttributeDefinition(description = "Hints on their way to one owner at a time, 1 to 1024.")
    String hint_batch() default "128";

    @AttributeDefinition(description = "Pause between two batches to one owner, 1 to 3600000 milliseconds.")
    String hint_interval_millis() default "50";

    /** Reads the texts. */
    final class Reader {

        private Reader() {}

        static ReplicationConfig config(ReplicationSettings settings) {
            ConfigTexts texts = new ConfigTexts("annulus.replication");
            return new ReplicationConfig(
                    (int) texts.number("max.in.flight", settings.max_in_flight(), 1, 1_000_000),
                    (int) texts.number("hedge.millis", settings.hedge_millis(), 1, 600_000),
                    texts.number("max.hints", settings.max_hints(), 0, 1L << 40),
                    (int) texts.number("hint.batch", settings.hint_batch(), 1, 1024),
                    (int) texts.number("hint.interval.millis", settings.hint_interval_millis(), 1, 3_600_000));
        }
    }
}
