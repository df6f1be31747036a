package io.annulus.runtime;

/** Lets a bounded number of reports through in each period, and counts the others. Owned by one thread. */
public final class ReportLimit {

    private final int most;
    private final long periodNanos;
    private long periodBegin;
    private int allowed;
    private long suppressed;

    /** A limit whose first period begins at a time. */
    public ReportLimit(int most, long periodNanos, long nowNanos) {
        this.most = most;
        this.periodNanos = periodNanos;
        this.periodBegin = nowNanos;
    }

    /** Whether a report may be made now; one that may not is counted. */
    public boolean allows(long nowNanos) {
        if (nowNanos - periodBegin >= periodNanos) {
            periodBegin = nowNanos;
            allowed = 0;
        }
        if (allowed == most) {
            suppressed++;
            return false;
        }
        allowed++;
        return true;
    }

    /** How many reports were not made since the last call. */
    public long takeSuppressed() {
        long count = suppressed;
        suppressed = 0;
        return count;
    }
}
