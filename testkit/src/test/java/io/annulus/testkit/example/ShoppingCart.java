package io.annulus.testkit.example;

import io.annulus.api.Keyspace;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The articles that customers have in their carts: a set, so that siblings merge, and adding twice does no harm. */
final class ShoppingCart {

    private static final int TRIES = 3;

    private final Keyspace carts;

    ShoppingCart(Keyspace carts) {
        this.carts = carts;
    }

    /** Adds an article; repeated when it is not known whether that was done. */
    CompletionStage<WriteResult> add(String customer, String article) {
        return add(bytes(customer), article, TRIES);
    }

    private CompletionStage<WriteResult> add(byte[] cart, String article, int tries) {
        return carts.update(cart, siblings -> Optional.of(bytes(with(article, siblings))))
                .exceptionallyCompose(failure -> tries > 1 && cause(failure) instanceof OutcomeUnknownException
                        ? add(cart, article, tries - 1)
                        : CompletableFuture.failedStage(failure));
    }

    /** What is in a cart. */
    CompletionStage<SortedSet<String>> articles(String customer) {
        return carts.get(bytes(customer)).thenApply(ReadResult::values).thenApply(ShoppingCart::merged);
    }

    private static String with(String article, List<byte[]> siblings) {
        SortedSet<String> articles = merged(siblings);
        articles.add(article);
        return String.join("\n", articles);
    }

    private static SortedSet<String> merged(List<byte[]> siblings) {
        SortedSet<String> articles = new TreeSet<>();
        siblings.forEach(value -> articles.addAll(List.of(new String(value, StandardCharsets.UTF_8).split("\n"))));
        return articles;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
