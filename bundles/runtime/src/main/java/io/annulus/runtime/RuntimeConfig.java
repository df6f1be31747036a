package io.annulus.runtime;

/**
 * Limits of the runtime.
 *
 * @param queueCapacity most tasks of outside callers that wait for the loop, 2 to 2^20; rounded up to a power of two
 * @param callbackThreads threads on which stages of consumers complete, 1 to 64
 * @param clockDriftLimitMillis how far ahead of this node's wall clock another node's timestamp may lie, 0 to a day
 */
public record RuntimeConfig(int queueCapacity, int callbackThreads, long clockDriftLimitMillis) {

    public static final int DEFAULT_QUEUE_CAPACITY = 8192;
    public static final int DEFAULT_CALLBACK_THREADS = 2;
    public static final long DEFAULT_CLOCK_DRIFT_LIMIT_MILLIS = 10_000;

    public static final int MAX_QUEUE_CAPACITY = 1 << 20;
    public static final int MAX_CALLBACK_THREADS = 64;
    public static final long MAX_CLOCK_DRIFT_LIMIT_MILLIS = 86_400_000;

    public RuntimeConfig {
        check("queue capacity", queueCapacity, 2, MAX_QUEUE_CAPACITY);
        check("number of callback threads", callbackThreads, 1, MAX_CALLBACK_THREADS);
        check("clock drift limit in milliseconds", clockDriftLimitMillis, 0, MAX_CLOCK_DRIFT_LIMIT_MILLIS);
    }

    /** The defaults. */
    public static RuntimeConfig standard() {
        return new RuntimeConfig(DEFAULT_QUEUE_CAPACITY, DEFAULT_CALLBACK_THREADS, DEFAULT_CLOCK_DRIFT_LIMIT_MILLIS);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not " + least + " to " + most);
        }
    }
}
