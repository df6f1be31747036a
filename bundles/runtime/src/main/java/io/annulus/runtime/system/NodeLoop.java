package io.annulus.runtime.system;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
import io.annulus.api.runtime.TimeSource;
import io.annulus.runtime.ReportLimit;
import io.annulus.runtime.TimerWheel;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's event loop on a thread of its own, {@code kv-loop}. Each turn takes a bounded batch of each source: completions,
 * tasks of outside callers, timers, and every pollable once; so none starves another. Without work it idles as
 * {@link BackoffIdle} says, and is woken by the next task.
 *
 * <p>Lifecycle: {@link #start} once, {@link #close} any number of times; then tasks of outside callers that were taken still
 * run, so that each is answered, and completions and timers are dropped. A task that throws is logged and the loop goes on,
 * except after an error of the JVM itself such as want of memory: that may have cut a change of protocol state in two, so the
 * loop stops, {@link #failure} says why, and every later task is refused.
 */
public final class NodeLoop implements EventLoop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

    /** Most tasks of one source in one turn. */
    static final int BATCH = 256;

    private static final int COMPLETIONS_CHUNK = 1024;
    private static final int REPORTS_PER_PERIOD = 10;
    private static final long REPORT_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STOP_LIMIT_MILLIS = 5_000;
    private static final Pollable[] NO_POLLABLES = {};

    private final TimeSource time;
    private final Thread thread;
    private final Queue<Runnable> completions = new MpscUnboundedArrayQueue<>(COMPLETIONS_CHUNK);
    private final Queue<Runnable> outside;
    private final TimerWheel timers;
    private final ReportLimit reports;
    private final BackoffIdle idle = new BackoffIdle();
    private final AtomicReference<Pollable[]> pollables = new AtomicReference<>(NO_POLLABLES);

    /** Set by close and by an error of the JVM, read by the loop at each turn and by whoever hands in a task. */
    private volatile boolean stopped;
    /** Set by the loop before it looks at its queues a last time and parks; cleared by it, or by the one that wakes it. */
    private final AtomicBoolean parked = new AtomicBoolean();
    /** Set by the loop once, read by anyone. */
    private volatile Throwable failure;

    /**
     * A loop that was not started.
     *
     * @param queueCapacity most tasks of outside callers that wait; rounded up to a power of two
     */
    public NodeLoop(TimeSource time, int queueCapacity) {
        this.time = Objects.requireNonNull(time, "time");
        outside = new MpscArrayQueue<>(queueCapacity);
        long now = time.nanos();
        timers = new TimerWheel(now);
        reports = new ReportLimit(REPORTS_PER_PERIOD, REPORT_PERIOD_NANOS, now);
        thread = new Thread(null, this::run, "kv-loop", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(NodeLoop.class.getClassLoader());
    }

    /** Starts the thread; once. */
    public void start() {
        thread.start();
    }

    @Override
    public boolean tryExecute(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (stopped || !outside.offer(task)) {
            return false;
        }
        wake();
        return true;
    }

    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (!stopped) {
            completions.add(task);
            wake();
        }
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        if (!onLoop()) {
            throw new IllegalStateException("timers are made on the loop, not on thread '"
                    + Thread.currentThread().getName() + "'; hand the loop a task that makes it");
        }
        return timers.schedule(time.nanos(), delayNanos, task);
    }

    @Override
    public Cancellable addPollable(Pollable pollable) {
        Objects.requireNonNull(pollable, "pollable");
        // Of its own, so that one pollable added twice is taken out once a cancel.
        Pollable added = pollable::poll;
        pollables.updateAndGet(old -> with(old, added));
        wake();
        return () -> pollables.updateAndGet(old -> without(old, added));
    }

    @Override
    public boolean onLoop() {
        return Thread.currentThread() == thread;
    }

    /** The error that stopped the loop; null while it runs and after a close. */
    Throwable failure() {
        return failure;
    }

    /**
     * Stops the loop after its current task, and waits for that at most five seconds; then the thread is interrupted. Called
     * on the loop it does not wait.
     */
    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        if (onLoop()) {
            return;
        }
        try {
            thread.join(STOP_LIMIT_MILLIS);
            if (thread.isAlive()) {
                StackTraceElement[] stack = thread.getStackTrace();
                LOG.error(
                        "The loop did not stop within {} ms and is interrupted; its task is at {}",
                        STOP_LIMIT_MILLIS,
                        stack.length == 0 ? "an unknown place" : stack[0]);
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                if (turn() > 0) {
                    idle.reset();
                } else {
                    rest();
                }
            }
        } catch (Throwable e) {
            // Outside of any task, such as want of memory in a turn itself: the thread ends, and nobody may wait for
            // it.
            stop(e);
        }
        completions.clear();
        if (failure == null) {
            runWhatWasTaken();
        }
        outside.clear();
    }

    /** Whoever was not refused waits for an answer, be it that the store is closed. */
    private void runWhatWasTaken() {
        for (Runnable task = outside.poll(); task != null && failure == null; task = outside.poll()) {
            runTask(task);
        }
    }

    private int turn() {
        int work = drain(completions) + drain(outside);
        work += timers.expire(time.nanos(), BATCH, this::runTimer);
        for (Pollable pollable : pollables.get()) {
            work += poll(pollable);
        }
        return work;
    }

    private int drain(Queue<Runnable> queue) {
        int done = 0;
        while (done < BATCH && !stopped) {
            Runnable task = queue.poll();
            if (task == null) {
                break;
            }
            runTask(task);
            done++;
        }
        return done;
    }

    private void runTimer(Runnable task) {
        if (!stopped) {
            runTask(task);
        }
    }

    private void runTask(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            report(e, "task");
        }
    }

    private int poll(Pollable pollable) {
        if (stopped) {
            return 0;
        }
        try {
            return pollable.poll();
        } catch (Throwable e) {
            report(e, "pollable");
            return 0;
        }
    }

    private void rest() {
        switch (idle.next()) {
            case SPIN -> Thread.onSpinWait();
            case YIELD -> Thread.yield();
            case PARK -> park();
        }
    }

    private void park() {
        long nanos = Math.min(idle.nextParkNanos(), timers.nanosToNext(time.nanos()));
        parked.set(true);
        // After the flag: a task handed in before this look is seen by it, one handed in later sees the flag and wakes
        // us.
        if (nanos > 0 && completions.isEmpty() && outside.isEmpty() && !stopped) {
            LockSupport.parkNanos(this, nanos);
            // An interrupt, meant for whatever blocked a task, would make every later park return at once.
            Thread.interrupted();
        }
        parked.set(false);
    }

    private void wake() {
        // Between the task's publication and the look at the flag; the other side is park().
        VarHandle.fullFence();
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void report(Throwable e, String source) {
        if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) {
            stop(e);
            return;
        }
        if (reports.allows(time.nanos())) {
            long suppressed = reports.takeSuppressed();
            LOG.error(
                    "A {} of the loop failed{}",
                    source,
                    suppressed == 0 ? "" : "; " + suppressed + " such failures before it were not logged",
                    e);
        }
    }

    private void stop(Throwable e) {
        failure = e;
        stopped = true;
        LOG.error("The loop stops: the JVM failed under it. Restart the node's bundles or its JVM", e);
    }

    private static Pollable[] with(Pollable[] old, Pollable added) {
        Pollable[] grown = new Pollable[old.length + 1];
        System.arraycopy(old, 0, grown, 0, old.length);
        grown[old.length] = added;
        return grown;
    }

    private static Pollable[] without(Pollable[] old, Pollable removed) {
        return Arrays.stream(old).filter(pollable -> pollable != removed).toArray(Pollable[]::new);
    }
}
