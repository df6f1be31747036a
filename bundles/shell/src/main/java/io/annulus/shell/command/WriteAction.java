package io.annulus.shell.command;

import io.annulus.api.Context;
import io.annulus.api.Keyspace;
import io.annulus.api.ReadOptions;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.shell.Answers;
import io.annulus.shell.CommandException;
import io.annulus.shell.Json;
import io.annulus.shell.Levels;
import io.annulus.shell.Receipts;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** A put or delete: the options that both share, and how the result is printed. */
abstract class WriteAction extends KeyAction {

    @Option(
            name = "-w",
            aliases = "--acks",
            description = "W: how many replicas must acknowledge, 1 to N. Without it: the keyspace's.",
            valueToShowInHelp = "")
    @Completion(
            value = StringsCompleter.class,
            values = {"1", "2", "3"})
    String acks;

    @Option(
            name = "--context",
            description = "What the write replaces: the context that kv:get --context printed.",
            valueToShowInHelp = "")
    String context;

    @Option(
            name = "--sloppy",
            description = "Whether stand-ins may acknowledge for owners that are down, true or false."
                    + " Without it: as the keyspace says.",
            valueToShowInHelp = "")
    @Completion(
            value = StringsCompleter.class,
            values = {"true", "false"})
    String sloppy;

    final WriteOptions options(Keyspace keyspace) {
        Context seen = context == null ? Context.NONE : Context.parse(context);
        return new WriteOptions(
                acks == null ? 0 : Levels.acks(acks), seen, sloppyAllowed(), timeoutMillis(keyspace), 0);
    }

    private Optional<Boolean> sloppyAllowed() {
        if (sloppy == null) {
            return Optional.empty();
        }
        return switch (sloppy) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> throw new IllegalArgumentException("--sloppy '" + sloppy + "' is not true or false");
        };
    }

    /** The options with the context of what a quorum holds now. */
    static WriteOptions replacingWhatIsThere(Keyspace keyspace, byte[] key, WriteOptions options)
            throws CommandException, InterruptedException {
        ReadOptions quorum = ReadOptions.quorum().withTimeoutMillis(options.timeoutMillis());
        return options.withContext(Answers.await(keyspace.get(key, quorum), options.timeoutMillis())
                .context());
    }

    final void print(PrintStream out, byte[] key, String done, WriteResult result) {
        if (json) {
            Map<String, Object> fields = fields(key);
            fields.put("dot", result.dot().toString());
            fields.put("siblings", result.siblings());
            fields.put("context", result.context().toString());
            fields.put("receipt", Receipts.fields(result.receipt()));
            out.println(Json.of(fields));
            return;
        }
        out.println(done + " as " + result.dot() + ", " + Receipts.line(result.receipt()));
        if (result.siblings() > 1) {
            out.println(
                    "The key has " + result.siblings() + " siblings now: kv:get shows them, and kv:put --replace, or"
                            + " a kv:put with the context of that kv:get, replaces them.");
        }
    }
}
