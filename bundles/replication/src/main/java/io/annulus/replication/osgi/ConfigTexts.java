package io.annulus.replication.osgi;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads texts of one configuration; each error names the configuration, the key, the value and the mend. */
final class ConfigTexts {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigTexts.class);

    private final String pid;

    ConfigTexts(String pid) {
        this.pid = pid;
    }

    /** Reads a configuration; what is wrong with it is logged in one plain line, since the framework shows it deep in a trace. */
    static <T> T logged(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            LOG.error("{}", e.getMessage());
            throw e;
        }
    }

    long number(String key, String text, long least, long most) {
        try {
            long value = Long.parseLong(text.trim());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(message(key, text, least + " to " + most), e);
        }
        throw refused(key, text, least + " to " + most);
    }

    boolean truth(String key, String text) {
        return switch (text.trim()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(key, text, "true or false");
        };
    }

    /** What to throw for a text that is none of those that are allowed. */
    IllegalArgumentException refused(String key, String text, String allowed) {
        return new IllegalArgumentException(message(key, text, allowed));
    }

    private String message(String key, String text, String allowed) {
        return pid + ".cfg: " + key + " = '" + text + "' is not " + allowed + "; correct it";
    }
}
