package io.annulus.testkit;

import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.SimulatedAnnulus;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The nodes of a test by their numbers, and what they think of each other. Under the lock of the world. */
final class Nodes {

    private final List<SimulatedAnnulus> nodes;
    private final Collection<String> keyspaces;

    Nodes(List<SimulatedAnnulus> nodes, Collection<String> keyspaces) {
        this.nodes = List.copyOf(nodes);
        this.keyspaces = List.copyOf(keyspaces);
    }

    /**
     * A node.
     *
     * @throws IllegalArgumentException when there is none of that number
     */
    SimulatedAnnulus get(int number) {
        if (number < 1 || number > nodes.size()) {
            throw new IllegalArgumentException("there is no node " + number + " of " + nodes.size()
                    + "; name one of 1 to " + nodes.size() + ", or ask for a larger cluster");
        }
        return nodes.get(number - 1);
    }

    List<SimulatedNode> simulated(Collection<Integer> numbers) {
        return numbers.stream().map(number -> get(number).node()).toList();
    }

    List<Integer> allBut(int number) {
        return numbers().filter(other -> other != number).boxed().toList();
    }

    List<Integer> running() {
        return numbers()
                .filter(number -> get(number).node().isRunning())
                .boxed()
                .toList();
    }

    /** Whether a node takes requests for all keyspaces. */
    boolean serves(int number) {
        SimulatedAnnulus annulus = get(number);
        return annulus.serves()
                && keyspaces.stream().allMatch(name -> annulus.keyspace(name).isPresent());
    }

    /** Whether all nodes that run serve and hold each other to be up. */
    boolean areAllUp() {
        List<Integer> running = running();
        return running.stream()
                .allMatch(number ->
                        serves(number) && running.stream().allMatch(other -> holds(number, other, MemberStatus.UP)));
    }

    /** Whether all others that run hold a node to be down. */
    boolean holdDown(int number) {
        return running().stream().allMatch(other -> other == number || holds(other, number, MemberStatus.DOWN));
    }

    private boolean holds(int observer, int other, MemberStatus status) {
        String name = get(other).node().settings().node().name();
        List<MemberView> members =
                get(observer).annulus().map(view -> view.members()).orElse(List.of());
        return members.stream()
                .anyMatch(view ->
                        view.status() == status && view.member().node().name().equals(name));
    }

    private IntStream numbers() {
        return IntStream.rangeClosed(1, nodes.size());
    }
}
