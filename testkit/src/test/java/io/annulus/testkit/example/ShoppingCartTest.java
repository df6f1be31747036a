package io.annulus.testkit.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.UnavailableException;
import io.annulus.testkit.AnnulusExtension;
import io.annulus.testkit.Fault;
import io.annulus.testkit.InKeyspace;
import io.annulus.testkit.TestCluster;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShoppingCartTest {

    @RegisterExtension
    final AnnulusExtension annulus = AnnulusExtension.cluster(3).keyspace("carts", KeyspaceMode.CAUSAL);

    @Test
    void articlesAreKept(Keyspace carts) {
        ShoppingCart cart = new ShoppingCart(carts);
        await(cart.add("ada", "milk"));
        await(cart.add("ada", "bread"));
        assertEquals(Set.of("bread", "milk"), await(cart.articles("ada")));
    }

    @Test
    void siblingsAreMerged(TestCluster cluster, Keyspace carts) {
        cluster.plantSiblings("carts", "ada".getBytes(UTF_8), "milk".getBytes(UTF_8), "bread\ntea".getBytes(UTF_8));
        ShoppingCart cart = new ShoppingCart(carts);
        assertEquals(Set.of("bread", "milk", "tea"), await(cart.articles("ada")));
        assertEquals(1, await(cart.add("ada", "salt")).siblings());
        assertEquals(Set.of("bread", "milk", "salt", "tea"), await(cart.articles("ada")));
    }

    @Test
    void additionOfUnknownOutcomeIsRepeated(TestCluster cluster, Keyspace carts) {
        ShoppingCart cart = new ShoppingCart(carts);
        cluster.failNext(Fault.WRITE_UNACKNOWLEDGED); // done, but nobody knows
        cluster.failNext(Fault.WRITE_LOST); // not done, and nobody knows
        await(cart.add("ada", "milk"));
        assertEquals(Set.of("milk"), await(cart.articles("ada")));
        assertTrue(cluster.time().toSeconds() >= 10); // two deadlines of 5 s, in a few milliseconds
    }

    @Test
    void oneNodeOfThreeMayBeLost(TestCluster cluster, Keyspace carts) {
        ShoppingCart cart = new ShoppingCart(carts);
        CompletionStage<?> addition = cart.add("ada", "milk");
        cluster.crash(3); // while the addition is under way
        await(addition);
        assertEquals(Set.of("milk"), await(cart.articles("ada")));
    }

    @Test
    void lossOfTheQuorumIsTold(TestCluster cluster, Keyspace carts) {
        ShoppingCart cart = new ShoppingCart(carts);
        cluster.crash(2);
        cluster.crash(3);
        assertInstanceOf(OutcomeUnknownException.class, failureOf(carts.put(new byte[] {1}, new byte[0])));
        cluster.awaitDown(2);
        cluster.awaitDown(3);
        assertInstanceOf(UnavailableException.class, failureOf(cart.add("ada", "milk")));
        cluster.restart(2);
        cluster.awaitAllUp();
        await(cart.add("ada", "milk"));
    }

    @Test
    void cutOffNodeCatchesUp(
            TestCluster cluster, @InKeyspace(node = 1) Keyspace here, @InKeyspace(node = 2) Keyspace there) {
        cluster.partition(List.of(1), List.of(2, 3));
        cluster.awaitDown(1);
        await(new ShoppingCart(there).add("ada", "milk"));
        assertInstanceOf(UnavailableException.class, failureOf(new ShoppingCart(here).articles("ada")));
        cluster.heal();
        cluster.awaitAllUp();
        assertEquals(Set.of("milk"), await(new ShoppingCart(here).articles("ada")));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Throwable failureOf(CompletionStage<?> stage) {
        return assertThrows(CompletionException.class, () -> await(stage)).getCause();
    }
}
