package io.annulus.storage.disk;

import io.annulus.storage.Aside;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Gives each work a thread of its own, which ends with it. */
final class AsideThread implements Aside {

    @Override
    public <T> Outcome<T> begin(String name, Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        StorageThreads.named("kv-store-" + name)
                .newThread(() -> run(work, result))
                .start();
        return new Result<>(result);
    }

    private static <T> void run(Work<T> work, CompletableFuture<T> result) {
        try {
            result.complete(work.run());
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private record Result<T>(CompletableFuture<T> future) implements Outcome<T> {

        @Override
        public T await() throws IOException {
            try {
                return future.join();
            } catch (CompletionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof IOException failed) {
                    throw failed;
                }
                if (cause instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) cause;
            }
        }

        @Override
        public void awaitEnd() {
            future.handle((value, failure) -> value).join();
        }
    }
}
