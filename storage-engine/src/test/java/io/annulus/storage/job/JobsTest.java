package io.annulus.storage.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Job;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobsTest {

    private final SimulatedWorld world = new SimulatedWorld(1);
    private final SimulatedNode node = world.addNodes(1).get(0);
    private final Jobs jobs = new Jobs(node.loop());
    private final List<Object> ends = new ArrayList<>();
    private final Completion<Job> listener = Completion.of(ends::add, ends::add);

    @Test
    void progressIsShownWhileItRuns() {
        RunningJob job = jobs.begin("verify of users", 0, "bytes");
        job.total(100);
        job.advance(30);
        job.advance(12);
        job.pause();
        assertEquals(List.of(job), jobs.all());
        assertEquals("42 of 100 bytes", job.done() + " of " + job.total() + " " + job.unit());
        assertEquals(Job.State.PAUSED, job.state());
        job.resume();
        assertEquals(Job.State.RUNNING, job.state());
    }

    @Test
    void endIsToldOnceOnTheLoopToThoseWhoWaitAndThoseWhoComeLater() {
        RunningJob job = jobs.begin("flush", 1, "entries");
        job.onEnd(listener);
        job.succeeded();
        job.failed(new IOException("too late"));
        job.pause();
        assertTrue(ends.isEmpty(), "told outside the loop");
        world.runFor(Duration.ofMillis(1));
        job.onEnd(listener);
        world.runFor(Duration.ofMillis(1));
        assertEquals(List.of(job, job), ends);
        assertEquals(Job.State.DONE, job.state());
        assertEquals(Optional.empty(), job.cause());
    }

    @Test
    void failureIsToldWithItsCause() {
        RunningJob job = jobs.begin("flush", 1, "entries");
        IOException cause = new IOException("no room");
        job.onEnd(listener);
        job.failed(cause);
        world.runFor(Duration.ofMillis(1));
        assertEquals(List.of(cause), ends);
        assertEquals(Job.State.FAILED, job.state());
        assertEquals(Optional.of(cause), job.cause());
    }

    @Test
    void cancelIsAWishThatTheWorkingThreadEnds() {
        RunningJob job = jobs.begin("snapshot", 3, "files");
        assertFalse(job.isCancelAsked());
        job.cancel();
        assertTrue(job.isCancelAsked());
        assertEquals(Job.State.RUNNING, job.state());
        job.onEnd(listener);
        job.cancelled();
        world.runFor(Duration.ofMillis(1));
        assertEquals(Job.State.CANCELLED, job.state());
        assertEquals(List.of(job), ends);
    }

    @Test
    void allUnderWayAndTheLastEndedAreListedByNumber() {
        RunningJob first = jobs.begin("compaction of users", 0, "bytes");
        for (int i = 0; i < Jobs.REMEMBERED + 3; i++) {
            jobs.begin("flush", 0, "entries").succeeded();
        }
        List<Job> all = jobs.all();
        assertEquals(Jobs.REMEMBERED + 1, all.size());
        assertEquals(first, all.get(0));
        assertEquals(5, all.get(1).number());
    }
}
