package io.annulus.shell;

import io.annulus.api.AnnulusException;
import io.annulus.api.Receipt;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Waits for the store's answers on the command's thread, which Ctrl-C interrupts. */
public final class Answers {

    /** The store keeps to the deadline of an operation by itself; this much later it will never answer. */
    private static final long GRACE_MILLIS = 5_000;

    private Answers() {}

    /**
     * The answer.
     *
     * @param timeoutMillis deadline that the store was given
     * @throws CommandException when the operation failed, saying what is known of its effect
     * @throws InterruptedException when the user does not want to wait any longer
     */
    public static <T> T await(CompletionStage<T> stage, long timeoutMillis)
            throws CommandException, InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        stage.whenComplete((result, failure) -> {
            if (failure == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        try {
            return answer.get(timeoutMillis + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommandException(
                    "the node did not answer within " + (timeoutMillis + GRACE_MILLIS) + " ms, though the deadline was "
                            + timeoutMillis + " ms; whether a write took effect is unknown; look at log:display",
                    e);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        }
    }

    /** Begins an operation that is called on the loop of the node. */
    public static <T> CompletionStage<T> on(EventLoop loop, Consumer<Completion<T>> operation) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean taken = loop.tryExecute(() -> {
            try {
                operation.accept(Completion.of(answer::complete, answer::completeExceptionally));
            } catch (IllegalArgumentException e) {
                answer.completeExceptionally(e);
            }
        });
        if (!taken) {
            answer.completeExceptionally(
                    new IllegalStateException("the node takes no more tasks now; try again later"));
        }
        return answer;
    }

    private static CommandException failed(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof AnnulusException known
                ? new CommandException(explain(known), known)
                : new CommandException("the operation failed: " + cause.getMessage(), cause);
    }

    private static String explain(AnnulusException failure) {
        String effect =
                switch (failure.effect()) {
                    case NOT_APPLIED -> "nothing was changed";
                    case UNKNOWN -> "the outcome is unknown: repeating is safe, reading tells";
                };
        Receipt receipt = failure.receipt();
        boolean named = receipt.replicas().stream()
                .allMatch(answer -> failure.getMessage().contains(answer.node()));
        String answers = named ? "" : " (" + Receipts.replicas(receipt) + ")";
        return failure.getMessage() + " - " + effect + answers;
    }
}
