package io.annulus.shell;

import io.annulus.api.KeyspaceSettings;
import io.annulus.api.ReadOptions;
import java.util.Locale;

/** How many replicas are asked, as it is typed. */
public final class Levels {

    private Levels() {}

    /**
     * The read options of {@code one}, {@code quorum}, {@code all}, {@code atomic} or a number.
     *
     * @throws IllegalArgumentException when it is nothing of that
     */
    public static ReadOptions read(String typed) {
        return switch (typed.trim().toLowerCase(Locale.ROOT)) {
            case "one" -> ReadOptions.one();
            case "quorum" -> ReadOptions.quorum();
            case "all" -> ReadOptions.all();
            case "atomic" -> ReadOptions.atomic();
            default -> ReadOptions.of(number("R", typed, "one, quorum, all, atomic, or 1 to N"));
        };
    }

    /**
     * The number of acknowledgements.
     *
     * @throws IllegalArgumentException when it is no number of at least 1
     */
    public static int acks(String typed) {
        return number("W", typed, "1 to N");
    }

    private static int number(String what, String typed, String mend) {
        try {
            int number = Integer.parseInt(typed.trim());
            if (number >= 1 && number <= KeyspaceSettings.MAX_COPIES) {
                return number;
            }
            throw new IllegalArgumentException(
                    what + " = " + number + " is not 1 to " + KeyspaceSettings.MAX_COPIES + "; write " + mend);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " = '" + typed + "' is not understood; write " + mend, e);
        }
    }
}
