package io.annulus.replication;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Table;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The causal writes that this node coordinates as an owner, key by key: each is composed on top of the one before, even while
 * that one is on its way to the log. Without this, two puts at once would both start from the same record, and the vector entry
 * of the later one would claim to have seen the earlier. Owned by the event loop; bounded by the operations that are admitted.
 */
final class KeyChains {

    /** A write that waits for the latest record of its key. */
    interface Composer {

        /**
         * Composes on top of the latest record.
         *
         * @param latest empty when the key has none
         * @return the record that is now the latest, when the local append of it was accepted; the same {@code latest} when
         *     nothing was written
         */
        Optional<byte[]> compose(Optional<byte[]> latest);

        /** The latest record cannot be had. */
        void latestFailed(Throwable cause);
    }

    private record Key(String table, byte[] key) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && table.equals(that.table) && Arrays.equals(key, that.key);
        }

        @Override
        public int hashCode() {
            return 31 * table.hashCode() + Arrays.hashCode(key);
        }
    }

    private static final class Chain {
        private final Deque<Composer> waiting = new ArrayDeque<>();
        private Optional<byte[]> latest = Optional.empty();
        private boolean known;
        private int open;
    }

    private final Map<Key, Chain> chains = new HashMap<>();

    /** Composes a write once the latest record of its key is known; perhaps before this method returns. */
    void enter(Table table, Token token, byte[] key, Composer composer) {
        Key id = new Key(table.name(), key);
        Chain chain = chains.get(id);
        if (chain != null) {
            chain.waiting.add(composer);
            if (chain.known) {
                drain(chain);
            }
            return;
        }
        Chain created = new Chain();
        created.waiting.add(composer);
        chains.put(id, created);
        table.read(
                token,
                key,
                Completion.of(record -> latestKnown(id, created, record), cause -> latestFailed(id, created, cause)));
    }

    /** An append that a composer began is still on its way to the log: its record stays the base of later ones. */
    void appendBegan(Table table, byte[] key) {
        chains.get(new Key(table.name(), key)).open++;
    }

    /** That append has ended. */
    void appendEnded(Table table, byte[] key) {
        Key id = new Key(table.name(), key);
        Chain chain = chains.get(id);
        chain.open--;
        dropIfDone(id, chain);
    }

    /** A write waits no longer. */
    void leave(Table table, byte[] key, Composer composer) {
        Chain chain = chains.get(new Key(table.name(), key));
        if (chain != null) {
            chain.waiting.remove(composer);
        }
    }

    int size() {
        return chains.size();
    }

    private void latestKnown(Key id, Chain chain, Optional<byte[]> record) {
        chain.latest = record;
        chain.known = true;
        drain(chain);
        dropIfDone(id, chain);
    }

    private void latestFailed(Key id, Chain chain, Throwable cause) {
        chains.remove(id, chain);
        for (Composer composer : chain.waiting) {
            composer.latestFailed(cause);
        }
    }

    private static void drain(Chain chain) {
        for (Composer next = chain.waiting.poll(); next != null; next = chain.waiting.poll()) {
            chain.latest = next.compose(chain.latest);
        }
    }

    private void dropIfDone(Key id, Chain chain) {
        if (chain.known && chain.open == 0 && chain.waiting.isEmpty()) {
            chains.remove(id, chain);
        }
    }
}
