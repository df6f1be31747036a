package io.annulus.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waiting for stages, as consumers do. */
final class Stages {

    private Stages() {}

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    static Throwable failureOf(CompletionStage<?> stage) {
        return assertThrows(CompletionException.class, () -> await(stage)).getCause();
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
