package io.annulus.storage.testkit;

import io.annulus.storage.EngineEvents;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an operator is told. */
final class LsmEvents implements EngineEvents {

    private final List<String> told = new ArrayList<>();

    @Override
    public void fenced(Throwable cause) {
        told.add("fenced: " + cause);
    }

    @Override
    public void compactionStopped(String table, Throwable cause) {
        told.add("compaction of " + table + " stopped: " + cause);
    }

    List<String> told() {
        return List.copyOf(told);
    }
}
