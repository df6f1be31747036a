package io.annulus.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs the world for callers that wait where the kit cannot see it: in {@code CompletableFuture.allOf(...).join()}, on a latch,
 * on a future of their own. It looks every millisecond, as long as there is work, whether all threads that take
 * part are blocked, and acts only when two looks found them so: as long as a test runs, its faults and calls alone decide
 * what happens when. A thread of the kit, the only one; it starts with the first operation and ends with the test.
 */
final class Rescuer {

    static final long LOOK_MILLIS = 1;

    private final DrivenWorld world;
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(null, this::run, "annulus-testkit", 0, false);

    Rescuer(DrivenWorld world) {
        this.world = world;
        thread.setDaemon(true);
    }

    /** There is work; called under the lock of the world, when there was none. */
    void wake() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        work.release();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Ends the thread soon. */
    void close() {
        closed.countDown();
        work.release();
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                work.acquire();
                rescue();
            }
        } catch (InterruptedException e) {
            // Only a callback of the code under test could have done that; the thread has no other end to come to.
            Thread.currentThread().interrupt();
        }
    }

    private void rescue() throws InterruptedException {
        boolean blockedBefore = false;
        while (world.hasWork() && !closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            boolean blocked = world.callersAre(Rescuer::isBlocked);
            if (blocked && blockedBefore) {
                world.driveToNextCallback();
            }
            blockedBefore = blocked && !blockedBefore;
        }
    }

    private static boolean isBlocked(Thread caller) {
        return switch (caller.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            case NEW, RUNNABLE, BLOCKED -> false;
        };
    }
}
