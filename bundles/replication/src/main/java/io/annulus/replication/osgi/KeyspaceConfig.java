package io.annulus.replication.osgi;

import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.KeyspaceStorage;
import io.annulus.api.storage.Compression;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.TableOptions;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The keys of a factory configuration {@code annulus.keyspace-NAME}. They are texts, so that errors can show what was written.
 */
@ObjectClassDefinition(
        name = "Annulus keyspace",
        description = "A keyspace, the same on every node. A change closes it and opens it again; its data stays.")
@interface KeyspaceConfig {

    @AttributeDefinition(description = "1 to 63 letters, digits, '-' or '_', beginning with a letter.")
    String name() default "default";

    @AttributeDefinition(
            description = "causal: concurrent values are kept as siblings. last-write-wins: the later one is kept.")
    String mode() default "causal";

    @AttributeDefinition(description = "N: copies of each key, 1 to 16; cannot exceed what the ring has members.")
    String copies() default "3";

    @AttributeDefinition(description = "R of a read that names none, 1 to N.")
    String reads() default "2";

    @AttributeDefinition(description = "W of a write that names none, 1 to N.")
    String writes() default "2";

    @AttributeDefinition(description = "Whether stand-ins may acknowledge a write that does not say: true or false.")
    String sloppy() default "true";

    @AttributeDefinition(description = "Deadline of an operation that names none, 1 to 600000 milliseconds.")
    String timeoutMillis() default "5000";

    @AttributeDefinition(description = "Largest value, 0 to 4194304 bytes.")
    String maxValueBytes() default "1048576";

    @AttributeDefinition(description = "Most live values of one key, 1 to 10000; blind puts beyond it are refused.")
    String maxSiblings() default "64";

    @AttributeDefinition(
            description =
                    "What must have become of a write on a replica before that acknowledges it. synced: it is on the"
                            + " disk. written: it survives the process, and is on the disk within about a second. memory: it is in"
                            + " memory, and on the disk within about a second.")
    String durability() default "synced";

    @AttributeDefinition(
            description =
                    "How records are packed on the disk. lz4: cheap. zstd: smaller and dearer. none: not at all. What is"
                            + " there already stays as it is until it is merged.")
    String compression() default "lz4";

    @AttributeDefinition(
            description =
                    "Bits of filters for each key, 1 to 64: more of them let fewer reads of missing keys go to the disk,"
                            + " and take more memory.")
    String filterBits() default "10";

    @AttributeDefinition(
            description =
                    "Trades reads against the writing of compaction, -8 to 8: the greater, the faster the reads, and"
                            + " the more is written.")
    String tuning() default "-2";

    /** Reads the texts. */
    final class Reader {

        private Reader() {}

        static KeyspaceSettings settings(KeyspaceConfig config) {
            ConfigTexts texts = new ConfigTexts("annulus.keyspace-" + config.name());
            return new KeyspaceSettings(
                    config.name(),
                    mode(config, texts),
                    (int) texts.number("copies", config.copies(), 1, KeyspaceSettings.MAX_COPIES),
                    (int) texts.number("reads", config.reads(), 1, KeyspaceSettings.MAX_COPIES),
                    (int) texts.number("writes", config.writes(), 1, KeyspaceSettings.MAX_COPIES),
                    texts.truth("sloppy", config.sloppy()),
                    (int) texts.number("timeoutMillis", config.timeoutMillis(), 1, 600_000),
                    (int) texts.number("maxValueBytes", config.maxValueBytes(), 0, KeyspaceSettings.MAX_VALUE_BYTES),
                    (int) texts.number("maxSiblings", config.maxSiblings(), 1, 10_000),
                    storage(config, texts));
        }

        private static KeyspaceStorage storage(KeyspaceConfig config, ConfigTexts texts) {
            return new KeyspaceStorage(
                    durability(config, texts),
                    compression(config, texts),
                    (int) texts.number("filterBits", config.filterBits(), 1, TableOptions.MOST_FILTER_BITS),
                    (int) texts.number(
                            "tuning", config.tuning(), TableOptions.LEAST_TUNING, TableOptions.GREATEST_TUNING));
        }

        private static KeyspaceMode mode(KeyspaceConfig config, ConfigTexts texts) {
            return switch (config.mode().trim()) {
                case "causal" -> KeyspaceMode.CAUSAL;
                case "last-write-wins" -> KeyspaceMode.LAST_WRITE_WINS;
                default -> throw texts.refused("mode", config.mode(), "causal or last-write-wins");
            };
        }

        private static Compression compression(KeyspaceConfig config, ConfigTexts texts) {
            return switch (config.compression().trim()) {
                case "none" -> Compression.NONE;
                case "lz4" -> Compression.LZ4;
                case "zstd" -> Compression.ZSTD;
                default -> throw texts.refused("compression", config.compression(), "lz4, zstd or none");
            };
        }

        private static Durability durability(KeyspaceConfig config, ConfigTexts texts) {
            return switch (config.durability().trim()) {
                case "synced" -> Durability.SYNCED;
                case "written" -> Durability.WRITTEN;
                case "memory" -> Durability.MEMORY;
                default -> throw texts.refused("durability", config.durability(), "synced, written or memory");
            };
        }
    }
}
