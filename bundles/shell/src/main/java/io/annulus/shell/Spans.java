package io.annulus.shell;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time and sizes, as they are typed and shown. */
public final class Spans {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)?");
    private static final String[] SIZES = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private Spans() {}

    /**
     * Milliseconds of a span such as {@code 500}, {@code 500ms}, {@code 30s}, {@code 5m}, {@code 12h} or {@code 7d}.
     *
     * @param what names the option in the error
     * @throws IllegalArgumentException when it is none, or no positive one
     */
    public static long millis(String what, String typed) {
        Matcher span = SPAN.matcher(typed.trim().toLowerCase(Locale.ROOT));
        if (!span.matches() || Long.parseLong(span.group(1)) == 0) {
            throw new IllegalArgumentException(
                    what + " '" + typed + "' is no span of time; write milliseconds, or for example 30s, 5m, 12h, 7d");
        }
        try {
            return Math.multiplyExact(Long.parseLong(span.group(1)), unit(span.group(2)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(what + " '" + typed + "' is too long", e);
        }
    }

    /** The same for a deadline of an operation, which the store takes as 1 to 600000 milliseconds. */
    public static int timeoutMillis(String what, String typed) {
        long millis = millis(what, typed);
        if (millis > 600_000) {
            throw new IllegalArgumentException(what + " '" + typed + "' is above 600000 ms; write at most 10m");
        }
        return (int) millis;
    }

    /** A number of bytes with a unit. */
    public static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < SIZES.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", size, SIZES[unit]);
    }

    private static long unit(String name) {
        return switch (name == null ? "ms" : name) {
            case "s" -> 1000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            case "d" -> 86_400_000L;
            default -> 1L;
        };
    }
}
