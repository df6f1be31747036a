package io.annulus.membership.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.membership.GossipConfig;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated loop runs nothing while the caller waits, as a loop that is stuck. */
class LoopCallTest {

    private final SimulatedWorld world = new SimulatedWorld(1);
    private final SimulatedNode node = world.addNode(new NodeSettings(
            new NodeId("n"), SimulatedWorld.endpoint(1), "rack", 1, List.of(), Path.of("/simulated/n")));

    @Test
    void whatIsMadeTooLateIsUndone() {
        List<String> undone = new ArrayList<>();

        String message = assertThrows(
                        IllegalStateException.class, () -> LoopCall.make(node.loop(), () -> "thing", undone::add, 1))
                .getMessage();
        world.runUntilIdle();

        assertTrue(message.contains("did not answer within 1 ms"), message);
        assertEquals(List.of("thing"), undone);
    }

    @Test
    void stoppedLoopIsSaid() {
        node.stop();

        String message = assertThrows(
                        IllegalStateException.class, () -> LoopCall.make(node.loop(), () -> "thing", thing -> {}))
                .getMessage();

        assertTrue(message.contains("has stopped"), message);
    }

    @Test
    void defaultsOfTheConfigurationAreGood() {
        MembershipConfig defaults = (MembershipConfig) Proxy.newProxyInstance(
                MembershipConfig.class.getClassLoader(),
                new Class<?>[] {MembershipConfig.class},
                (proxy, method, arguments) -> method.getDefaultValue());

        assertEquals(GossipConfig.standard(), GossipConfig.parse(MembershipConfig.Texts.of(defaults)));
    }
}
