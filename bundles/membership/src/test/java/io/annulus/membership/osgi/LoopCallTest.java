package io.annulus.membership.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
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
                        IllegalStateException.class, () -> LoopCall.make(node.loop(), () -> "thing", thing -> {}, 1))
                .getMessage();

        assertTrue(message.contains("stopped"), message);
    }

    /** Else a component that is closed under load would leave what it runs on the loop, and one that starts would not. */
    @Test
    void fullQueueOfOutsideTasksKeepsNothingFromTheLoop() {
        List<String> ran = new ArrayList<>();
        node.loop().limitOutsideTasks(0);

        assertThrows(
                IllegalStateException.class, () -> LoopCall.make(node.loop(), () -> ran.add("closed"), thing -> {}, 1));
        world.runUntilIdle();

        assertEquals(List.of("closed"), ran);
    }

    /** As a class that is missing gives one. */
    @Test
    void errorOfTheTaskIsTheReason() {
        EventLoop loop = new DirectLoop();

        String message = assertThrows(
                        IllegalStateException.class,
                        () -> LoopCall.make(
                                loop,
                                () -> {
                                    throw new NoClassDefFoundError("of the test");
                                },
                                thing -> {},
                                1))
                .getMessage();

        assertTrue(message.contains("of the test"), message);
    }

    @Test
    void defaultsOfTheConfigurationAreGood() {
        MembershipConfig defaults = (MembershipConfig) Proxy.newProxyInstance(
                MembershipConfig.class.getClassLoader(),
                new Class<?>[] {MembershipConfig.class},
                (proxy, method, arguments) -> method.getDefaultValue());

        assertEquals(GossipConfig.standard(), GossipConfig.parse(MembershipConfig.Texts.of(defaults)));
    }

    /** Runs each task at once, and survives it as the loop does. */
    private static final class DirectLoop implements EventLoop {

        @Override
        public boolean tryExecute(Runnable task) {
            execute(task);
            return true;
        }

        @Override
        public void execute(Runnable task) {
            try {
                task.run();
            } catch (LinkageError e) {
                assertEquals("of the test", e.getMessage());
            }
        }

        @Override
        public Cancellable schedule(long delayNanos, Runnable task) {
            throw new UnsupportedOperationException("no timers here");
        }

        @Override
        public Cancellable addPollable(Pollable pollable) {
            throw new UnsupportedOperationException("no pollables here");
        }

        @Override
        public boolean onLoop() {
            return true;
        }
    }
}
