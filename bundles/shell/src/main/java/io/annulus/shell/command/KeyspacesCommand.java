package io.annulus.shell.command;

import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.shell.Json;
import io.annulus.shell.Node;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code kv:keyspaces}. */
@Service
@Command(
        scope = "kv",
        name = "keyspaces",
        description = "Lists the keyspaces that this node serves, and their settings.")
public final class KeyspacesCommand extends ListAction {

    @Override
    protected void run(Node node, PrintStream out) throws Exception {
        List<KeyspaceSettings> keyspaces = node.annulus().keyspaces();
        if (json) {
            out.println(Json.of(keyspaces.stream().map(KeyspacesCommand::fields).toList()));
        } else {
            Tables.print(
                    out,
                    !noFormat,
                    List.of(
                            "Name",
                            "Mode",
                            "N",
                            "R",
                            "W",
                            "Sloppy",
                            "Timeout",
                            "Largest value",
                            "Siblings",
                            "Durability",
                            "Compression"),
                    keyspaces.stream().map(KeyspacesCommand::row).toList());
        }
    }

    private static List<?> row(KeyspaceSettings settings) {
        return List.of(
                settings.name(),
                mode(settings),
                settings.copies(),
                settings.reads(),
                settings.writes(),
                settings.sloppy(),
                settings.timeoutMillis() + " ms",
                settings.maxValueBytes() + " bytes",
                settings.maxSiblings(),
                lowerCase(settings.durability()),
                lowerCase(settings.storage().compression()));
    }

    /** The keys are those of the configuration. */
    private static Map<String, Object> fields(KeyspaceSettings settings) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", settings.name());
        fields.put("mode", mode(settings));
        fields.put("copies", settings.copies());
        fields.put("reads", settings.reads());
        fields.put("writes", settings.writes());
        fields.put("sloppy", settings.sloppy());
        fields.put("timeoutMillis", settings.timeoutMillis());
        fields.put("maxValueBytes", settings.maxValueBytes());
        fields.put("maxSiblings", settings.maxSiblings());
        fields.put("durability", lowerCase(settings.durability()));
        fields.put("compression", lowerCase(settings.storage().compression()));
        fields.put("filterBits", settings.storage().filterBits());
        fields.put("tuning", settings.storage().tuning());
        return fields;
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String mode(KeyspaceSettings settings) {
        return settings.mode() == KeyspaceMode.CAUSAL ? "causal" : "last-write-wins";
    }
}
