package io.annulus.shell.command;

import io.annulus.api.Keyspace;
import io.annulus.api.ReplicaHolding;
import io.annulus.api.Sibling;
import io.annulus.api.ring.Token;
import io.annulus.shell.Answers;
import io.annulus.shell.Bytes;
import io.annulus.shell.Json;
import io.annulus.shell.Node;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code kv:endpoints}. */
@Service
@Command(
        scope = "kv",
        name = "endpoints",
        description =
                "Asks each owner of a key what it holds itself; nothing is merged or repaired. Owners with the same"
                        + " digest agree.")
public final class EndpointsCommand extends KeyAction {

    private static final int TIMEOUT_MILLIS = 2_000;

    @Override
    void run(Node node, Keyspace keyspace, byte[] key, PrintStream out) throws Exception {
        int patience = timeout == null ? TIMEOUT_MILLIS : timeoutMillis(keyspace);
        List<ReplicaHolding> holdings = Answers.await(node.annulus().endpoints(keyspaceName, key, patience), patience);
        if (json) {
            Map<String, Object> fields = fields(key);
            fields.put("token", Token.of(key).toString());
            fields.put("replicas", holdings.stream().map(this::fields).toList());
            out.println(Json.of(fields));
        } else {
            out.println("token " + Token.of(key));
            Tables.print(
                    out,
                    true,
                    List.of("Node", "Endpoint", "Rack", "Role", "State", "Digest", "Values"),
                    holdings.stream().map(this::row).toList());
        }
    }

    private List<?> row(ReplicaHolding holding) {
        String values = holding.siblings().stream()
                .map(sibling -> Bytes.show(sibling.value(), hex) + " (" + sibling.dot() + ")")
                .collect(Collectors.joining(", "));
        return List.of(
                holding.node(),
                holding.endpoint(),
                holding.rack(),
                word(holding.role()),
                word(holding.state()),
                Long.toHexString(holding.digest()),
                values);
    }

    private Map<String, Object> fields(ReplicaHolding holding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node", holding.node());
        fields.put("endpoint", holding.endpoint().toString());
        fields.put("rack", holding.rack());
        fields.put("role", word(holding.role()));
        fields.put("state", word(holding.state()));
        fields.put("digest", Long.toHexString(holding.digest()));
        fields.put("siblings", holding.siblings().stream().map(this::fields).toList());
        return fields;
    }

    private Map<String, Object> fields(Sibling sibling) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Bytes.addTo(fields, "value", sibling.value(), hex);
        fields.put("dot", sibling.dot().toString());
        return fields;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
