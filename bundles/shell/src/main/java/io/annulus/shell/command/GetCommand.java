package io.annulus.shell.command;

import io.annulus.api.Keyspace;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.ReadResult.Found;
import io.annulus.api.Sibling;
import io.annulus.shell.Answers;
import io.annulus.shell.Bytes;
import io.annulus.shell.Json;
import io.annulus.shell.Levels;
import io.annulus.shell.Node;
import io.annulus.shell.Receipts;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** {@code kv:get}. */
@Service
@Command(
        scope = "kv",
        name = "get",
        description =
                "Reads a key and prints its value, or (absent), or (deleted). None of these is an error: scripts tell"
                        + " them apart by the field 'state' of --json.")
public final class GetCommand extends KeyAction {

    @Option(
            name = "-r",
            aliases = "--replicas",
            description = "How many replicas must answer: one, quorum, all, atomic (a quorum, written back), or 1 to N."
                    + " Without it: the keyspace's R.",
            valueToShowInHelp = "")
    @Completion(
            value = StringsCompleter.class,
            values = {"one", "quorum", "all", "atomic"})
    String replicas;

    @Option(
            name = "--context",
            description = "Print the context, which a put or delete needs to replace what was read.")
    boolean showContext;

    @Option(name = "--receipt", description = "Print what the answer rests on.")
    boolean showReceipt;

    @Override
    void run(Node node, Keyspace keyspace, byte[] key, PrintStream out) throws Exception {
        ReadOptions options = (replicas == null ? ReadOptions.defaults() : Levels.read(replicas))
                .withTimeoutMillis(timeoutMillis(keyspace));
        ReadResult result = Answers.await(keyspace.get(key, options), options.timeoutMillis());
        if (json) {
            out.println(Json.of(fields(key, result)));
        } else {
            printText(out, result);
        }
    }

    private void printText(PrintStream out, ReadResult result) {
        List<Sibling> siblings = siblings(result);
        if (siblings.size() == 1) {
            out.println(Bytes.show(siblings.get(0).value(), hex));
        } else if (siblings.isEmpty()) {
            out.println("(" + state(result) + ")");
        } else {
            printSiblings(out, siblings);
        }
        if (showContext || siblings.size() > 1) {
            out.println("context: " + result.context());
        }
        if (showReceipt) {
            out.println("receipt: " + Receipts.line(result.receipt()));
        }
    }

    private void printSiblings(PrintStream out, List<Sibling> siblings) {
        List<List<?>> rows = new ArrayList<>();
        for (Sibling sibling : siblings) {
            rows.add(List.of(
                    rows.size() + 1,
                    Bytes.show(sibling.value(), hex),
                    sibling.dot(),
                    Instant.ofEpochMilli(sibling.writtenMillis())));
        }
        out.println(
                siblings.size()
                        + " siblings, written without knowing of each other; kv:put --replace, or with the context, replaces them");
        Tables.print(out, true, List.of("#", "Value", "Dot", "Written"), rows);
    }

    private Map<String, Object> fields(byte[] key, ReadResult result) {
        Map<String, Object> fields = fields(key);
        fields.put("state", state(result));
        fields.put("siblings", siblings(result).stream().map(this::fields).toList());
        fields.put("context", result.context().toString());
        fields.put("receipt", Receipts.fields(result.receipt()));
        return fields;
    }

    private Map<String, Object> fields(Sibling sibling) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Bytes.addTo(fields, "value", sibling.value(), hex);
        fields.put("dot", sibling.dot().toString());
        fields.put("writtenMillis", sibling.writtenMillis());
        return fields;
    }

    private static List<Sibling> siblings(ReadResult result) {
        return result instanceof Found found ? found.siblings() : List.of();
    }

    private static String state(ReadResult result) {
        if (result instanceof Found) {
            return "found";
        }
        return result instanceof ReadResult.Tombstone ? "deleted" : "absent";
    }
}
