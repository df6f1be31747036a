package io.annulus.shell.command;

import io.annulus.api.ring.Ring;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.RingState;
import io.annulus.shell.Json;
import io.annulus.shell.Node;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code kv:ring}. */
@Service
@Command(scope = "kv", name = "ring", description = "Shows the ring that this node uses: its members and their shares.")
public final class RingCommand extends ListAction {

    @Option(name = "--arcs", description = "Show each arc, by its first token, and its owner.")
    boolean arcs;

    @Override
    protected void run(Node node, PrintStream out) throws Exception {
        RingState state = node.annulus().ring();
        if (json) {
            out.println(Json.of(fields(state)));
            return;
        }
        if (state.ring().isEmpty()) {
            out.println("There is no ring yet: " + state.explanation());
            return;
        }
        Ring ring = state.ring().get();
        if (!noFormat) {
            out.println("epoch " + ring.epoch() + ", hash " + Long.toHexString(ring.hash()) + ", "
                    + (1 << ring.arcBits()) + " arcs, this node: " + standing(state));
        }
        if (arcs) {
            printArcs(out, ring);
        } else {
            printMembers(out, ring);
        }
    }

    private void printMembers(PrintStream out, Ring ring) {
        Shares shares = new Shares(ring);
        List<List<?>> rows = ring.members().stream()
                .<List<?>>map(member -> List.of(
                        member.node(),
                        member.endpoint(),
                        member.rack(),
                        member.weight(),
                        shares.arcsOf(member.node()),
                        shares.percentOf(member.node())))
                .toList();
        Tables.print(out, !noFormat, List.of("Node", "Endpoint", "Rack", "Weight", "Arcs", "Owns"), rows);
    }

    private void printArcs(PrintStream out, Ring ring) {
        List<List<?>> rows = IntStream.range(0, 1 << ring.arcBits())
                .<List<?>>mapToObj(arc -> List.of(
                        arc,
                        firstToken(ring, arc),
                        ring.ownerOf(arc).node(),
                        ring.ownerOf(arc).rack()))
                .toList();
        Tables.print(out, !noFormat, List.of("Arc", "First token", "Owner", "Rack"), rows);
    }

    private Map<String, Object> fields(RingState state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("standing", state.standing().name());
        fields.put("explanation", state.explanation());
        state.ring().ifPresent(ring -> addRing(fields, ring));
        return fields;
    }

    private void addRing(Map<String, Object> fields, Ring ring) {
        Shares shares = new Shares(ring);
        fields.put("epoch", ring.epoch());
        fields.put("hash", Long.toHexString(ring.hash()));
        fields.put("arcs", shares.total());
        fields.put(
                "members",
                ring.members().stream().map(member -> fields(member, shares)).toList());
        if (arcs) {
            fields.put(
                    "owners",
                    IntStream.range(0, shares.total())
                            .mapToObj(arc -> ring.ownerOf(arc).node().name())
                            .toList());
        }
    }

    private static Map<String, Object> fields(RingMember member, Shares shares) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("node", member.node().name());
        fields.put("endpoint", member.endpoint().toString());
        fields.put("rack", member.rack());
        fields.put("weight", member.weight());
        fields.put("arcs", shares.arcsOf(member.node()));
        return fields;
    }

    private static String firstToken(Ring ring, int arc) {
        long high = ring.arcBits() == 0 ? 0 : (long) arc << (64 - ring.arcBits());
        return String.format(Locale.ROOT, "%016x%016x", high, 0);
    }

    private static String standing(RingState state) {
        return state.standing().name().toLowerCase(Locale.ROOT)
                + (state.explanation().isEmpty() ? "" : " (" + state.explanation() + ")");
    }
}
