package io.annulus.launcher;

import io.annulus.api.AnnulusException;
import io.annulus.api.Keyspace;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.ReplicaHolding;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Answers the commands of a node's standard input on keyspace {@code default}, one line each. */
final class NodeCommands {

    private static final int LIMIT_SECONDS = 60;
    private static final int ENDPOINTS_MILLIS = 2_000;

    private final AnnulusNode node;
    private final Keyspace keyspace;

    NodeCommands(AnnulusNode node) {
        this.node = node;
        this.keyspace = node.keyspace("default");
    }

    String answer(String line) {
        String[] words = line.trim().split(" +");
        try {
            return switch (words[0]) {
                case "put" -> put(words);
                case "get" -> get(words);
                case "delete" -> delete(words);
                case "endpoints" -> endpoints(words);
                case "status" -> node.annulus().status().toString();
                default -> "error '" + words[0] + "' is no command; " + NodeArguments.USAGE.replace('\n', ' ');
            };
        } catch (IllegalArgumentException | IllegalStateException | AnnulusException e) {
            return "error " + e.getMessage();
        }
    }

    private String put(String[] words) {
        need(words, 3);
        WriteOptions options = words.length > 3 ? WriteOptions.acks(number(words[3])) : WriteOptions.defaults();
        WriteResult result = await(keyspace.put(bytes(words[1]), bytes(words[2]), options));
        return "done " + result.dot() + " " + result.receipt().guarantee() + " siblings " + result.siblings();
    }

    private String get(String[] words) {
        need(words, 2);
        ReadOptions options = words.length > 2 ? ReadOptions.of(number(words[2])) : ReadOptions.defaults();
        ReadResult result = await(keyspace.get(bytes(words[1]), options));
        return result.values().isEmpty() ? "absent" : "found " + texts(result.values());
    }

    private String delete(String[] words) {
        need(words, 2);
        ReadResult seen = await(keyspace.get(bytes(words[1])));
        if (seen.context().isNone()) {
            return "absent";
        }
        WriteResult result = await(keyspace.delete(bytes(words[1]), WriteOptions.replacing(seen.context())));
        return "done " + result.dot() + " siblings " + result.siblings();
    }

    private String endpoints(String[] words) {
        need(words, 2);
        List<ReplicaHolding> holdings =
                await(node.annulus().endpoints(keyspace.settings().name(), bytes(words[1]), ENDPOINTS_MILLIS));
        return holdings.stream()
                .map(holding -> holding.node() + "=" + holding.state()
                        + holding.siblings().stream()
                                .map(sibling -> ":" + text(sibling.value()))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(" "));
    }

    private static void need(String[] words, int count) {
        if (words.length < count) {
            throw new IllegalArgumentException(
                    "'" + String.join(" ", words) + "' lacks a word; " + NodeArguments.USAGE.replace('\n', ' '));
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AnnulusException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + LIMIT_SECONDS + " s", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static String texts(List<byte[]> values) {
        return values.stream().map(NodeCommands::text).collect(Collectors.joining(" | "));
    }
}
