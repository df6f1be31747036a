package io.annulus.membership.osgi;

import io.annulus.membership.GossipConfig;
import java.util.Map;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of configuration {@code annulus.membership}. They are texts, so that errors can show what was written. */
@ObjectClassDefinition(
        name = "Annulus membership",
        description = "Gossip and failure detection. The same on all nodes; a change restarts this node's membership.")
@interface MembershipConfig {

    @AttributeDefinition(description = "Milliseconds between rounds of gossip, 50 to 60000.")
    String gossip_interval_millis() default "" + GossipConfig.DEFAULT_INTERVAL_MILLIS;

    @AttributeDefinition(description = "Members told in each round, 1 to 16.")
    String gossip_fanout() default "" + GossipConfig.DEFAULT_FANOUT;

    @AttributeDefinition(
            description = "Suspicion level at which a member is asked last, 1 to 100: 5 is about 5 silent intervals.")
    String suspect_phi() default "" + GossipConfig.DEFAULT_SUSPECT_PHI;

    @AttributeDefinition(
            description =
                    "Suspicion level at which a member is believed dead, up to 100: 10 is about 7 silent intervals.")
    String down_phi() default "" + GossipConfig.DEFAULT_DOWN_PHI;

    @AttributeDefinition(
            description = "A round later than this, in milliseconds, tells of a pause of this node: 50 to 60000.")
    String pause_limit_millis() default "" + GossipConfig.DEFAULT_PAUSE_LIMIT_MILLIS;

    /** The texts under their keys. */
    final class Texts {

        private Texts() {}

        static Map<String, String> of(MembershipConfig config) {
            return Map.of(
                    GossipConfig.INTERVAL_MILLIS, config.gossip_interval_millis(),
                    GossipConfig.FANOUT, config.gossip_fanout(),
                    GossipConfig.SUSPECT_PHI, config.suspect_phi(),
                    GossipConfig.DOWN_PHI, config.down_phi(),
                    GossipConfig.PAUSE_LIMIT_MILLIS, config.pause_limit_millis());
        }
    }
}
