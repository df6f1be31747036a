package io.annulus.storage;

import io.annulus.storage.file.ScarceException;
import io.annulus.storage.job.Jobs;
import io.annulus.storage.job.RunningJob;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Frozen memtables to be written out, oldest first. When the machine lacks room or descriptors they wait where they are, and so
 * does their log: nothing is lost, and writes are slowed and then refused until there is some again. Owned by the store thread.
 */
final class FlushQueue {

    private final Fence fence;
    private final Jobs jobs;
    private final Writer writer;
    private final Deque<Flush> waiting = new ArrayDeque<>();

    /** Written by the store thread, read by all. */
    private volatile String lack = "";

    private record Flush(FlushJob job, RunningJob progress) {}

    /** Writes memtables out. */
    @FunctionalInterface
    interface Writer {
        /** Fails with a {@link ScarceException} when nothing was changed, and it may be tried again. */
        void writeOut(FlushJob job, RunningJob progress) throws IOException;
    }

    FlushQueue(Fence fence, Jobs jobs, Writer writer) {
        this.fence = fence;
        this.jobs = jobs;
        this.writer = writer;
    }

    void add(FlushJob job) {
        waiting.add(new Flush(job, jobs.begin("flush", job.entries(), "entries")));
    }

    /** Writes out what waits; false when there is no room for it. */
    boolean writeOut() {
        while (!waiting.isEmpty()) {
            Flush oldest = waiting.peek();
            if (fence.isRaised()) {
                waiting.remove().progress().cancelled();
                continue;
            }
            try {
                oldest.progress().resume();
                writer.writeOut(oldest.job(), oldest.progress());
                oldest.progress().succeeded();
            } catch (ScarceException e) {
                oldest.progress().pause();
                lack = "memtables wait to be written out (" + e.getMessage()
                        + "): make room on the disk, or raise the limit" + " of open files";
                return false;
            } catch (Throwable e) {
                // An error too: were a later memtable written out, replay would leave this one's records out.
                fence.raise(e);
                oldest.progress().failed(e);
            }
            waiting.remove();
        }
        lack = "";
        return true;
    }

    /** Gives up what waits: its log is replayed at the next start. */
    void giveUp() {
        waiting.forEach(flush -> flush.progress().cancelled());
        waiting.clear();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Why memtables wait, one sentence; empty when none does; any thread. */
    String lack() {
        return lack;
    }
}
