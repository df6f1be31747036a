package io.annulus.shell.command;

import io.annulus.api.storage.Snapshot;
import io.annulus.api.storage.Snapshots;
import io.annulus.shell.Answers;
import io.annulus.shell.CommandException;
import io.annulus.shell.Json;
import io.annulus.shell.Node;
import io.annulus.shell.Spans;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** {@code kv:snapshot}. */
@Service
@Command(scope = "kv", name = "snapshot", description = "Takes, lists and deletes snapshots of what this node stores.")
public final class SnapshotCommand extends ListAction {

    @Argument(index = 0, name = "action", description = "create, list or delete.", required = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"create", "list", "delete"})
    String action;

    @Argument(
            index = 1,
            name = "name",
            description = "Name of the snapshot to create or delete: 1 to 63 letters, digits, '-' or '_'.")
    String name;

    @Option(name = "--timeout", description = "How long to wait for the end; the work goes on after it.")
    String timeout = "60s";

    @Override
    protected void run(Node node, PrintStream out) throws Exception {
        Snapshots snapshots = node.storage().snapshots();
        switch (action) {
            case "list" -> list(snapshots, out);
            case "create" -> {
                String checked = checkedName();
                Snapshot taken = await(node, done -> snapshots.create(checked, done));
                out.println(json ? Json.of(StorageJson.fields(taken)) : told(taken));
            }
            case "delete" -> {
                String checked = checkedName();
                String deleted = this.<String>await(node, done -> snapshots.delete(checked, done));
                out.println(json ? Json.of(Map.of("deleted", deleted)) : "deleted snapshot " + deleted);
            }
            default -> throw new CommandException("'" + action + "' is none of create, list, delete");
        }
    }

    private void list(Snapshots snapshots, PrintStream out) {
        List<Snapshot> all = snapshots.list();
        if (json) {
            out.println(Json.of(all.stream().map(StorageJson::fields).toList()));
            return;
        }
        Tables.print(
                out,
                !noFormat,
                List.of("Snapshot", "Files", "Size", "Held by snapshots alone"),
                all.stream()
                        .map(snapshot -> List.of(
                                snapshot.name(),
                                snapshot.files(),
                                Spans.size(snapshot.bytes()),
                                Spans.size(snapshot.heldBytes())))
                        .toList());
    }

    private <T> T await(Node node, Consumer<io.annulus.api.runtime.Completion<T>> operation)
            throws CommandException, InterruptedException {
        int millis = Spans.timeoutMillis("--timeout", timeout);
        return Answers.await(Answers.on(node.loop(), operation), millis);
    }

    private String checkedName() throws CommandException {
        if (name == null) {
            throw new CommandException("kv:snapshot " + action + " takes the name of a snapshot");
        }
        return name;
    }

    private static String told(Snapshot snapshot) {
        return "took snapshot " + snapshot.name() + ": " + snapshot.files() + " files, " + Spans.size(snapshot.bytes())
                + ", in the folder snapshots/" + snapshot.name() + " of the data directory";
    }
}
