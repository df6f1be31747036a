package io.annulus.shell.command;

import io.annulus.api.Annulus;
import io.annulus.api.NodeStatus;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.ring.RingState;
import io.annulus.api.storage.StorageStatus;
import io.annulus.shell.Json;
import io.annulus.shell.Node;
import io.annulus.shell.Spans;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code kv:status}. */
@Service
@Command(
        scope = "kv",
        name = "status",
        description = "Shows how this node fares, and the members as this node sees them.")
public final class StatusCommand extends ListAction {

    @Override
    protected void run(Node node, PrintStream out) throws Exception {
        Annulus annulus = node.annulus();
        NodeStatus status = annulus.status();
        Optional<Shares> shares = status.ring().ring().map(Shares::new);
        if (json) {
            Map<String, Object> fields = fields(status);
            fields.put(
                    "members",
                    annulus.members().stream().map(view -> fields(view, shares)).toList());
            out.println(Json.of(fields));
            return;
        }
        if (!noFormat) {
            printNode(out, status);
        }
        Tables.print(
                out,
                !noFormat,
                List.of("Node", "Status", "Endpoint", "Rack", "Weight", "Arcs", "Owns", "Silent", "Ring"),
                annulus.members().stream().map(view -> row(view, shares)).toList());
    }

    private static void printNode(PrintStream out, NodeStatus status) {
        RingState ring = status.ring();
        StorageStatus storage = status.storage();
        out.println("node     " + status.self().node() + " at " + status.self().endpoint());
        out.println("serving  " + (status.serving() ? "yes" : "no"));
        out.println("ring     " + word(ring.standing())
                + ring.ring().map(known -> ", epoch " + known.epoch()).orElse("")
                + (ring.explanation().isEmpty() ? "" : ": " + ring.explanation()));
        out.println("storage  " + word(storage.state()) + ", " + Spans.size(storage.diskBytes()) + " on disk, "
                + Spans.size(storage.memtableBytes()) + " in memory, " + storage.sstables() + " SSTables"
                + (storage.cause().isEmpty() ? "" : ": " + storage.cause()));
        out.println("members  " + status.membersUp() + " up of " + status.members() + ", " + status.hints()
                + " hints kept for owners that are down");
    }

    private static List<?> row(MemberView view, Optional<Shares> shares) {
        Member member = view.member();
        return List.of(
                member.node(),
                word(view.status()),
                member.endpoint(),
                member.rack(),
                member.weight(),
                shares.map(known -> String.valueOf(known.arcsOf(member.node()))).orElse("-"),
                shares.map(known -> known.percentOf(member.node())).orElse("-"),
                view.silentMillis() + " ms",
                member.ringEpoch());
    }

    private static Map<String, Object> fields(NodeStatus status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node", status.self().node().name());
        fields.put("endpoint", status.self().endpoint().toString());
        fields.put("serving", status.serving());
        fields.put("standing", status.ring().standing().name());
        fields.put("explanation", status.ring().explanation());
        fields.put("ringEpoch", status.self().ringEpoch());
        fields.put("membersUp", status.membersUp());
        fields.put("membersHeardOf", status.members());
        fields.put("hints", status.hints());
        Map<String, Object> storage = new LinkedHashMap<>();
        storage.put("state", status.storage().state().name());
        storage.put("cause", status.storage().cause());
        storage.put("diskBytes", status.storage().diskBytes());
        storage.put("memtableBytes", status.storage().memtableBytes());
        storage.put("sstables", status.storage().sstables());
        fields.put("storage", storage);
        return fields;
    }

    private static Map<String, Object> fields(MemberView view, Optional<Shares> shares) {
        Member member = view.member();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node", member.node().name());
        fields.put("status", view.status().name());
        fields.put("endpoint", member.endpoint().toString());
        fields.put("rack", member.rack());
        fields.put("weight", member.weight());
        shares.ifPresent(known -> fields.put("arcs", known.arcsOf(member.node())));
        fields.put("silentMillis", view.silentMillis());
        fields.put("ringEpoch", member.ringEpoch());
        return fields;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
