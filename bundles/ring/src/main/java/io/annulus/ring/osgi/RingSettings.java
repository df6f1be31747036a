package io.annulus.ring.osgi;

import io.annulus.ring.RingConfig;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of configuration {@code annulus.ring}. They are texts, so that errors can show what was written. */
@ObjectClassDefinition(name = "Annulus ring", description = "How a node looks for its ring. A change restarts it.")
@interface RingSettings {

    @AttributeDefinition(description = "Milliseconds between two looks at the rings that others use, 50 to 60000.")
    String request_interval_millis() default "1000";

    /** Reads the texts. */
    final class Reader {

        private Reader() {}

        static RingConfig config(RingSettings settings) {
            String text = settings.request_interval_millis().trim();
            try {
                return new RingConfig(Integer.parseInt(text));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "request.interval.millis = '" + text + "' of annulus.ring is not a number; write 1000", e);
            }
        }
    }
}
