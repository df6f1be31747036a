package io.annulus.itests.mutants;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.Table;
import io.annulus.simulator.SimulatedNode;
import io.annulus.testkit.wiring.Seams;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Bugs in the handling of hints, made in the table that keeps them. */
final class HintBugs {

    private HintBugs() {}

    /** A hint is acknowledged and not kept. */
    static Seams dropped() {
        return Wrapped.storage((node, real) -> ForwardingTable.hints(real, table -> new Dropped(node.loop(), table)));
    }

    /** A hint is removed when it is taken for delivery, whatever becomes of that. */
    static Seams removedBeforeDelivery() {
        return Wrapped.storage((node, real) -> ForwardingTable.hints(real, RemovedWhenTaken::new));
    }

    /** A hint is filed under another node than the owner who missed the write. */
    static Seams wrongOwner() {
        return Wrapped.storage((node, real) -> ForwardingTable.hints(real, table -> new Misfiled(node, table)));
    }

    private static final class Dropped extends ForwardingTable {

        private final EventLoop loop;

        Dropped(EventLoop loop, Table real) {
            super(real);
            this.loop = loop;
        }

        @Override
        public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
            loop.execute(() -> completion.onResult(Durability.SYNCED));
        }
    }

    private static final class RemovedWhenTaken extends ForwardingTable {

        private static final Token LAST = new Token(-1, -1);

        RemovedWhenTaken(Table real) {
            super(real);
        }

        /** A scan of the whole table only counts the hints. */
        @Override
        public void scan(
                Token from, Token to, Optional<byte[]> afterKey, int limit, Completion<List<Entry>> completion) {
            Completion<List<Entry>> removing = Completion.of(
                    entries -> {
                        entries.forEach(this::remove);
                        completion.onResult(entries);
                    },
                    completion::onFailure);
            super.scan(from, to, afterKey, limit, to.equals(LAST) ? completion : removing);
        }

        private void remove(Entry entry) {
            real.remove(entry.token(), entry.key(), Completion.of(durability -> {}, failure -> {}));
        }
    }

    private static final class Misfiled extends ForwardingTable {

        private final SimulatedNode node;

        Misfiled(SimulatedNode node, Table real) {
            super(real);
            this.node = node;
        }

        /** The key of a hint is its format, the length of the owner's name, that name, and the rest. */
        @Override
        public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
            String owner = new String(key, 2, key[1], StandardCharsets.UTF_8);
            byte[] other = otherThan(owner).getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream misfiled = new ByteArrayOutputStream();
            misfiled.write(key[0]);
            misfiled.write(other.length);
            misfiled.writeBytes(other);
            misfiled.write(key, 2 + key[1], key.length - 2 - key[1]);
            super.append(new Token(Token.of(other).high(), token.low()), misfiled.toByteArray(), record, completion);
        }

        private String otherThan(String owner) {
            return node.world().nodes().stream()
                    .map(each -> each.settings().node())
                    .filter(each -> !each.equals(node.settings().node()))
                    .map(NodeId::name)
                    .filter(name -> !name.equals(owner))
                    .findFirst()
                    .orElse(owner);
        }
    }
}
