package io.annulus.membership;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often is gossiped, and how much silence means what.
 *
 * @param intervalMillis time between rounds, 50 to 60000; each adds a heartbeat
 * @param fanout members told in each round, 1 to 16
 * @param suspectPhi suspicion level at which a member is suspect, 1 to 100
 * @param downPhi suspicion level at which it is believed dead, above the former and at most 100
 * @param pauseLimitMillis a round that is later than this tells of a pause of this node itself, 50 to 60000
 */
public record GossipConfig(int intervalMillis, int fanout, double suspectPhi, double downPhi, int pauseLimitMillis) {

    /** The configuration that {@link #parse} reads. */
    public static final String PID = "annulus.membership";

    public static final String INTERVAL_MILLIS = "gossip.interval.millis";
    public static final String FANOUT = "gossip.fanout";
    public static final String SUSPECT_PHI = "suspect.phi";
    public static final String DOWN_PHI = "down.phi";
    public static final String PAUSE_LIMIT_MILLIS = "pause.limit.millis";

    public static final int DEFAULT_INTERVAL_MILLIS = 500;
    public static final int DEFAULT_FANOUT = 3;
    public static final double DEFAULT_SUSPECT_PHI = 5;
    public static final double DEFAULT_DOWN_PHI = 10;
    public static final int DEFAULT_PAUSE_LIMIT_MILLIS = 1000;

    private static final int MAX_PHI = 100;

    public GossipConfig {
        check(INTERVAL_MILLIS, intervalMillis, 50, 60_000);
        check(FANOUT, fanout, 1, 16);
        check(SUSPECT_PHI, suspectPhi, 1, MAX_PHI);
        check(DOWN_PHI, downPhi, 1, MAX_PHI);
        check(PAUSE_LIMIT_MILLIS, pauseLimitMillis, 50, 60_000);
        if (downPhi <= suspectPhi) {
            throw new IllegalArgumentException(PID + ": " + DOWN_PHI + " = " + downPhi + " is not above " + SUSPECT_PHI
                    + " = " + suspectPhi + "; set a greater one");
        }
    }

    /** The defaults. */
    public static GossipConfig standard() {
        return new GossipConfig(
                DEFAULT_INTERVAL_MILLIS,
                DEFAULT_FANOUT,
                DEFAULT_SUSPECT_PHI,
                DEFAULT_DOWN_PHI,
                DEFAULT_PAUSE_LIMIT_MILLIS);
    }

    /**
     * Reads the texts of the configuration.
     *
     * @throws IllegalArgumentException naming key, value and mend, when one cannot be used
     */
    public static GossipConfig parse(Map<String, String> texts) {
        return new GossipConfig(
                whole(texts, INTERVAL_MILLIS),
                whole(texts, FANOUT),
                number(texts, SUSPECT_PHI),
                number(texts, DOWN_PHI),
                whole(texts, PAUSE_LIMIT_MILLIS));
    }

    long intervalNanos() {
        return TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    }

    long pauseLimitNanos() {
        return TimeUnit.MILLISECONDS.toNanos(pauseLimitMillis);
    }

    private static int whole(Map<String, String> texts, String key) {
        double value = number(texts, key);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(
                    PID + ": " + key + " = '" + texts.get(key) + "' is not a whole number; set one");
        }
        // Saturates, and so stays out of the range that the constructor checks.
        return (int) value;
    }

    private static double number(Map<String, String> texts, String key) {
        String text = texts.getOrDefault(key, "").trim();
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(PID + ": " + key + " = '" + text + "' is not a number; set one", e);
        }
    }

    private static void check(String key, double value, int least, int most) {
        // Written so that NaN fails too.
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    PID + ": " + key + " = " + text(value) + " is not " + least + " to " + most + "; set one of these");
        }
    }

    // As it was written: 99, not 99.0.
    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
