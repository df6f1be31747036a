package io.annulus.shell.command;

import io.annulus.api.Keyspace;
import io.annulus.api.WriteOptions;
import io.annulus.shell.Answers;
import io.annulus.shell.Bytes;
import io.annulus.shell.Node;
import io.annulus.shell.Spans;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code kv:put}. */
@Service
@Command(
        scope = "kv",
        name = "put",
        description =
                "Writes a key. Without --context it overwrites nothing in a causal keyspace: a value that is there"
                        + " stays as a sibling.")
public final class PutCommand extends WriteAction {

    @Option(
            name = "--ttl",
            description = "How long the value lives, as 30s, 5m, 12h or 7d. Without it: for ever.",
            valueToShowInHelp = "")
    String ttl;

    @Option(
            name = "--replace",
            description =
                    "Read the key at quorum first, and replace what was seen; a value written in the meantime stays.")
    boolean replace;

    @Argument(index = 1, name = "value", required = true, description = "Value.")
    String typedValue;

    @Override
    void run(Node node, Keyspace keyspace, byte[] key, PrintStream out) throws Exception {
        byte[] value = Bytes.parse("value", typedValue, hex);
        WriteOptions options = options(keyspace);
        if (ttl != null) {
            options = options.withTtlMillis(Spans.millis("--ttl", ttl));
        }
        if (replace) {
            if (context != null) {
                throw new IllegalArgumentException("--replace reads the context by itself; leave out --context");
            }
            options = replacingWhatIsThere(keyspace, key, options);
        }
        print(out, key, "written", Answers.await(keyspace.put(key, value, options), options.timeoutMillis()));
    }
}
