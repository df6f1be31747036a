package io.annulus.runtime;

import java.util.Map;

/** Reads values of one configuration; each error names the configuration, the key, the value and the mend. Immutable. */
final class ConfigValues {

    private final String pid;
    private final Map<String, String> values;

    ConfigValues(String pid, Map<String, String> values) {
        this.pid = pid;
        this.values = Map.copyOf(values);
    }

    /** The trimmed text of a key; empty when there is none. */
    String text(String key) {
        return values.getOrDefault(key, "").trim();
    }

    /** A whole number of a range. */
    long number(String key, long least, long most, String example) {
        String text = text(key);
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw error(key, mendOfNumber(least, most, example), e);
        }
        throw error(key, mendOfNumber(least, most, example), null);
    }

    /** The error of a value that cannot be used. */
    IllegalArgumentException error(String key, String mend, Throwable cause) {
        return new IllegalArgumentException(pid + ": " + key + " = '" + text(key) + "' " + mend, cause);
    }

    private static String mendOfNumber(long least, long most, String example) {
        return "is not a whole number of " + least + " to " + most + "; set for example " + example;
    }
}
