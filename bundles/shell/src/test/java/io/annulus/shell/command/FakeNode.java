package io.annulus.shell.command;

import io.annulus.api.Annulus;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.NodeStatus;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.ReplicaHolding;
import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.PreferenceList;
import io.annulus.api.ring.Ring;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StorageStatus;
import io.annulus.shell.CommandException;
import io.annulus.shell.Keyspaces;
import io.annulus.shell.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A node of two members and four arcs, with one keyspace. */
final class FakeNode implements Annulus {

    static final RingMember FIRST = new RingMember(new NodeId("n1"), Endpoint.parse("127.0.0.1:7800"), 11, "rack1", 1);
    static final RingMember SECOND = new RingMember(new NodeId("n2"), Endpoint.parse("127.0.0.2:7800"), 12, "rack2", 3);

    final FakeKeyspace keyspace;
    final FakeStorage storage = new FakeStorage();
    boolean hasRing = true;

    FakeNode(FakeKeyspace keyspace) {
        this.keyspace = keyspace;
    }

    /** The node as commands find it. */
    Node node() {
        return new Node() {
            @Override
            public Annulus annulus() {
                return FakeNode.this;
            }

            @Override
            public Keyspace keyspace(String name) throws CommandException {
                return FakeNode.this.keyspace(name).orElseThrow(() -> Keyspaces.unknown(name, FakeNode.this));
            }

            @Override
            public StorageEngine storage() {
                return storage;
            }

            @Override
            public EventLoop loop() {
                return storage.loop();
            }
        };
    }

    @Override
    public NodeStatus status() {
        return new NodeStatus(
                member(FIRST), ring(), new StorageStatus(StorageStatus.State.OPEN, "", 2048, 10, 3), 1, 2, 5, hasRing);
    }

    @Override
    public List<MemberView> members() {
        return List.of(
                new MemberView(member(FIRST), MemberStatus.UP, 0),
                new MemberView(member(SECOND), MemberStatus.DOWN, 9000));
    }

    private static Member member(RingMember of) {
        return new Member(of.node(), of.endpoint(), of.storeId(), of.rack(), of.weight(), 1, 2, 7, 8);
    }

    @Override
    public RingState ring() {
        return hasRing
                ? new RingState(Optional.of(new FakeRing()), RingState.Standing.OWNER, "")
                : new RingState(Optional.empty(), RingState.Standing.FORMING, "Waiting for 127.0.0.2:7800.");
    }

    @Override
    public List<KeyspaceSettings> keyspaces() {
        return List.of(keyspace.settings());
    }

    @Override
    public Optional<Keyspace> keyspace(String name) {
        return Optional.of(name).filter(keyspace.settings().name()::equals).map(same -> keyspace);
    }

    @Override
    public CompletionStage<List<ReplicaHolding>> endpoints(String name, byte[] key, int timeoutMillis) {
        return CompletableFuture.completedFuture(List.of(
                new ReplicaHolding(
                        "n1",
                        FIRST.endpoint(),
                        "rack1",
                        ReplicaAnswer.Role.OWNER,
                        ReplicaHolding.State.VALUE,
                        List.of(FakeKeyspace.sibling("v", 1)),
                        255),
                new ReplicaHolding(
                        "n2",
                        SECOND.endpoint(),
                        "rack2",
                        ReplicaAnswer.Role.OWNER,
                        ReplicaHolding.State.SILENT,
                        List.of(),
                        0)));
    }

    /** The second member owns three of four arcs. */
    private static final class FakeRing implements Ring {

        @Override
        public long epoch() {
            return 7;
        }

        @Override
        public long hash() {
            return 8;
        }

        @Override
        public List<RingMember> members() {
            return List.of(FIRST, SECOND);
        }

        @Override
        public int arcBits() {
            return 2;
        }

        @Override
        public RingMember ownerOf(int arc) {
            return arc == 0 ? FIRST : SECOND;
        }

        @Override
        public PreferenceList preferenceList(Token token, int copies) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int owningMembers() {
            return 2;
        }

        @Override
        public RingDescription description() {
            return new RingDescription(7, 2, members(), new int[] {0, 1, 1, 1});
        }
    }
}
