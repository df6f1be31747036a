package io.annulus.simulator.workload;

import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.simulator.history.HistoryRecorder;

/** What the clients of one run share. */
record ClientParts(SimulatedWorld world, Gateway gateway, HistoryRecorder recorder, WorkloadPlan plan, Levels levels) {

    Session session(String client) {
        return new Session(world, recorder, gateway, client);
    }

    ClosedLoop loop(SimulatedRandom random, Runnable turn, Runnable lost) {
        return new ClosedLoop(world, random, plan.think(), turn, lost);
    }

    String anyNode(SimulatedRandom random) {
        return gateway.names().get(random.nextInt(gateway.names().size()));
    }
}
