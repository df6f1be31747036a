package io.annulus.ring;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.Membership;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.message.Message;
import io.annulus.api.message.RingReply;
import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.RingService;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.runtime.Sender;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.SystemStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Finds the ring of this node: the stored one, that of others, or, for the first founder, a new one of epoch 1. A ring is
 * synced before it is used or announced, and one of a higher epoch always replaces one of a lower. {@link #start} and
 * {@link #close} on the event loop.
 */
public final class RingFormation implements RingService {

    private static final String NAME = "ring";
    private static final int MAX_ASKED = 16;

    private final NodeSettings settings;
    private final EventLoop loop;
    private final Messenger messenger;
    private final Membership membership;
    private final SystemStore store;
    private final long intervalNanos;
    private final FoundersCheck founders;
    private final StandingCheck standing;
    private final List<Consumer<RingState>> listeners = new CopyOnWriteArrayList<>();
    private final List<Cancellable> cancellables = new ArrayList<>();

    private Optional<EvenRing> ring = Optional.empty();
    private long persistingEpoch;
    private Optional<String> trouble = Optional.empty();
    private Cancellable timer = () -> {};

    /** Written by the loop, read by any thread that takes a snapshot. */
    private volatile RingState state =
            new RingState(Optional.empty(), Standing.FORMING, "The node has not looked for its ring yet.");

    /** A formation that does nothing before {@link #start}. */
    public RingFormation(
            NodeSettings settings,
            NodeRuntime runtime,
            Messenger messenger,
            Membership membership,
            StorageEngine storage,
            RingConfig config) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.loop = runtime.loop();
        this.messenger = Objects.requireNonNull(messenger, "messenger");
        this.membership = Objects.requireNonNull(membership, "membership");
        this.store = storage.system();
        this.intervalNanos = config.requestIntervalMillis() * 1_000_000L;
        this.founders = new FoundersCheck(settings.endpoint(), settings.founders());
        this.standing = new StandingCheck(settings, storage.identity().storeId());
    }

    /**
     * Takes the stored ring, if there is one, and begins to listen.
     *
     * @throws CorruptDataException when the stored ring is damaged or of a newer release
     */
    public void start() {
        Optional<EvenRing> stored = store.read(NAME).map(RingCodec::decode).map(EvenRing::new);
        stored.ifPresentOrElse(this::use, () -> membership.announceRing(0, FoundersCheck.LOOKED));
        cancellables.add(messenger.listen(Set.of(Verb.RING_REQUEST, Verb.RING_REPLY), this::onMessage));
        cancellables.add(membership.listen(view -> evaluate()));
        tick();
    }

    /** Stops listening. */
    public void close() {
        timer.cancel();
        cancellables.forEach(Cancellable::cancel);
        cancellables.clear();
    }

    @Override
    public RingState state() {
        return state;
    }

    @Override
    public Cancellable listen(Consumer<RingState> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return () -> listeners.remove(listener);
    }

    private void tick() {
        timer = loop.schedule(intervalNanos, this::tick);
        evaluate();
        endpointsToAsk().forEach(endpoint -> messenger.send(endpoint, new RingRequest(epoch())));
    }

    /** Whoever is heard to have a later ring; without any ring, the founders as well. */
    private List<Endpoint> endpointsToAsk() {
        List<Endpoint> asked = new ArrayList<>();
        if (ring.isEmpty()) {
            asked.addAll(settings.founders());
        }
        for (MemberView view : membership.members()) {
            Member member = view.member();
            if (view.status() != MemberStatus.DOWN && member.ringEpoch() > epoch()) {
                asked.add(member.endpoint());
            }
        }
        return asked.stream()
                .distinct()
                .filter(endpoint -> !endpoint.equals(settings.endpoint()))
                .limit(MAX_ASKED)
                .toList();
    }

    private void onMessage(Sender from, Message message) {
        if (message instanceof RingRequest request) {
            ring.filter(known -> known.epoch() > request.knownEpoch())
                    .ifPresent(known -> messenger.send(from.endpoint(), new RingReply(known.description())));
        } else if (message instanceof RingReply reply) {
            adopt(reply.ring());
        }
    }

    private void evaluate() {
        if (ring.isPresent()) {
            publish(standing.judge(ring.get(), membership.members()));
            return;
        }
        if (persistingEpoch > 0) {
            return;
        }
        FoundersCheck.Outcome outcome = founders.judge(membership.members());
        String told = trouble.map(text -> outcome.explanation() + " " + text).orElse(outcome.explanation());
        publish(new RingState(Optional.empty(), Standing.FORMING, told));
        outcome.members().ifPresent(this::form);
    }

    private void form(List<RingMember> members) {
        adopt(RingBuilder.build(1, members));
    }

    private void adopt(RingDescription description) {
        if (description.epoch() <= Math.max(epoch(), persistingEpoch)) {
            return;
        }
        EvenRing next = new EvenRing(description);
        byte[] bytes = RingCodec.encodeReadable(description);
        persistingEpoch = description.epoch();
        store.write(NAME, bytes, Completion.of(name -> persisted(next), failure -> notPersisted(next, failure)));
    }

    private void persisted(EvenRing next) {
        endPersisting(next);
        trouble = Optional.empty();
        if (next.epoch() > epoch()) {
            use(next);
        }
    }

    /** The next look at the founders, or the next answer of others, tries again. */
    private void notPersisted(EvenRing next, Throwable failure) {
        endPersisting(next);
        trouble = Optional.of("But " + next + " could not be stored: " + failure.getMessage());
    }

    private void endPersisting(EvenRing next) {
        if (persistingEpoch == next.epoch()) {
            persistingEpoch = 0;
        }
    }

    private void use(EvenRing next) {
        ring = Optional.of(next);
        membership.announceRing(next.epoch(), next.hash());
        publish(standing.judge(next, membership.members()));
    }

    private long epoch() {
        return ring.map(EvenRing::epoch).orElse(0L);
    }

    private void publish(RingState next) {
        if (!next.equals(state)) {
            state = next;
            listeners.forEach(listener -> listener.accept(next));
        }
    }
}
