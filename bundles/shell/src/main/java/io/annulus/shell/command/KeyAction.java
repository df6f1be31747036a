package io.annulus.shell.command;

import io.annulus.api.Keyspace;
import io.annulus.shell.Bytes;
import io.annulus.shell.Node;
import io.annulus.shell.Spans;
import io.annulus.shell.osgi.KeyspaceCompleter;
import io.annulus.shell.osgi.NodeAction;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;

/** A command about one key: the options that all of these share. */
abstract class KeyAction extends NodeAction {

    @Option(
            name = "-k",
            aliases = "--keyspace",
            description = "Keyspace; kv:keyspaces lists them.",
            valueToShowInHelp = "default")
    @Completion(KeyspaceCompleter.class)
    String keyspaceName = "default";

    @Option(
            name = "--timeout",
            description = "Deadline, as 500ms, 2s or 1m. Without it: the keyspace's timeoutMillis.",
            valueToShowInHelp = "")
    String timeout;

    @Option(name = "--hex", description = "Key and value are typed and shown as hexadecimal digits.")
    boolean hex;

    @Option(name = "-j", aliases = "--json", description = "Print one line of JSON.")
    boolean json;

    @Argument(index = 0, name = "key", required = true, description = "Key, 1 to 1024 bytes.")
    String typedKey;

    @Override
    protected final void run(Node node, PrintStream out) throws Exception {
        run(node, node.keyspace(keyspaceName), Bytes.parse("key", typedKey, hex), out);
    }

    abstract void run(Node node, Keyspace keyspace, byte[] key, PrintStream out) throws Exception;

    /** What was typed, or else what the keyspace says. */
    final int timeoutMillis(Keyspace keyspace) {
        return timeout == null ? keyspace.settings().timeoutMillis() : Spans.timeoutMillis("--timeout", timeout);
    }

    /** The first fields of JSON output. */
    final Map<String, Object> fields(byte[] key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("keyspace", keyspaceName);
        Bytes.addTo(fields, "key", key, hex);
        return fields;
    }
}
