package io.annulus.simulator.judge;

import io.annulus.simulator.history.History;
import java.util.List;

/** Decides whether a history keeps one kind of promise. Pure; any thread. */
public interface Judge {

    /** Short name, such as {@code linearizable}. */
    String name();

    /** What contradicts the promise; empty when nothing does. Keys whose mode the promise is not about are passed over. */
    List<Violation> judge(History history);
}
