package io.annulus.shell.command;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.WriteOptions;
import io.annulus.shell.Answers;
import io.annulus.shell.Json;
import io.annulus.shell.Node;
import java.io.PrintStream;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code kv:delete}. */
@Service
@Command(
        scope = "kv",
        name = "delete",
        description =
                "Deletes a key. In a causal keyspace without --context it first reads the key at quorum and deletes"
                        + " what it saw; a value written in the meantime stays.")
public final class DeleteCommand extends WriteAction {

    @Override
    void run(Node node, Keyspace keyspace, byte[] key, PrintStream out) throws Exception {
        WriteOptions options = options(keyspace);
        if (options.context().isNone() && keyspace.settings().mode() == KeyspaceMode.CAUSAL) {
            options = replacingWhatIsThere(keyspace, key, options);
            if (options.context().isNone()) {
                printNothing(out, key);
                return;
            }
        }
        print(out, key, "deleted", Answers.await(keyspace.delete(key, options), options.timeoutMillis()));
    }

    private void printNothing(PrintStream out, byte[] key) {
        if (json) {
            Map<String, Object> fields = fields(key);
            fields.put("state", "absent");
            out.println(Json.of(fields));
        } else {
            out.println("(absent) nothing to delete");
        }
    }
}
