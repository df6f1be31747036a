package io.annulus.storage.job;

import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.Job;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The jobs of an engine: all that are under way, and the last that ended. Any thread. */
public final class Jobs {

    /** So many ended jobs are remembered. */
    static final int REMEMBERED = 64;

    private final EventLoop loop;
    private final ConcurrentSkipListMap<Long, RunningJob> underWay = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, RunningJob> ended = new ConcurrentSkipListMap<>();
    private final AtomicLong last = new AtomicLong();

    public Jobs(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Begins a job.
     *
     * @param name what it does and to what
     * @param total how much there is to do; 0 when that is not known
     * @param unit what is counted, in the plural
     */
    public RunningJob begin(String name, long total, String unit) {
        RunningJob job = new RunningJob(last.incrementAndGet(), name, total, unit, loop, this::remember);
        underWay.put(job.number(), job);
        return job;
    }

    /** Those under way and the last that ended, by number. */
    public List<Job> all() {
        // In this order: a job that ends meanwhile is seen in one of the two.
        SortedMap<Long, Job> all = new TreeMap<>(underWay);
        all.putAll(ended);
        return List.copyOf(all.values());
    }

    private void remember(RunningJob job) {
        ended.put(job.number(), job);
        underWay.remove(job.number());
        while (ended.size() > REMEMBERED) {
            ended.pollFirstEntry();
        }
    }
}
